import { email, object, password, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

/** PUT /user (accounts.md §20.2). */
export const UPDATE_USER_PARAMS = struct('UserUpdateParams', {
  email: email(),
  phone: text(),
  channel: text(),
  password: password(),
  current_password: password(),
  nonce: text(),
  data: object(),
  app_metadata: object(),
  code_challenge: text(),
  code_challenge_method: text(),
});
