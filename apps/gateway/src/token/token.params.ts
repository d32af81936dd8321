import { email, password, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

export const PASSWORD_GRANT_PARAMS = struct('PasswordGrantParams', {
  email: email(),
  phone: text(),
  password: password(),
});

export const REFRESH_TOKEN_GRANT_PARAMS = struct('RefreshTokenGrantParams', { refresh_token: text() });

export const PKCE_GRANT_PARAMS = struct('PKCEGrantParams', { auth_code: text(), code_verifier: text() });

export const WEB3_GRANT_PARAMS = struct('Web3GrantParams', { chain: text(), message: text(), signature: text() });
