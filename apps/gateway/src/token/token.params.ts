import { email, flag, password, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

export const PASSWORD_GRANT_PARAMS = struct('PasswordGrantParams', {
  email: email(),
  phone: text(),
  password: password(),
});

export const REFRESH_TOKEN_GRANT_PARAMS = struct('RefreshTokenGrantParams', { refresh_token: text() });

export const PKCE_GRANT_PARAMS = struct('PKCEGrantParams', { auth_code: text(), code_verifier: text() });

export const WEB3_GRANT_PARAMS = struct('Web3GrantParams', { chain: text(), message: text(), signature: text() });

/** external-providers.md §11. */
export const ID_TOKEN_GRANT_PARAMS = struct('IdTokenGrantParams', {
  id_token: text(),
  access_token: text(),
  nonce: text(),
  provider: text(),
  client_id: text(),
  issuer: text(),
  link_identity: flag(),
});
