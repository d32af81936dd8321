import { email, object, password, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

/** POST /signup (accounts.md §15.1). */
export const SIGN_UP_PARAMS = struct('SignupParams', {
  email: email(),
  phone: text(),
  password: password(),
  data: object(),
  channel: text(),
  code_challenge: text(),
  code_challenge_method: text(),
});
