import { email, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

/** POST /verify (accounts.md §17.4). */
export const VERIFY_PARAMS = struct('VerifyParams', {
  type: text(),
  token: text(),
  token_hash: text(),
  email: email(),
  phone: text(),
  redirect_to: text(),
});
