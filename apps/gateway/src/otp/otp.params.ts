import { email, flag, object, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

const PKCE = { code_challenge: text(), code_challenge_method: text() };

export const OTP_PARAMS = struct('OtpParams', {
  email: email(),
  phone: text(),
  create_user: flag(),
  data: object(),
  channel: text(),
  ...PKCE,
});

export const MAGIC_LINK_PARAMS = struct('MagicLinkParams', { email: email(), data: object(), ...PKCE });

export const RECOVER_PARAMS = struct('RecoverParams', { email: email(), ...PKCE });

export const RESEND_PARAMS = struct('ResendConfirmationParams', {
  type: text(),
  email: email(),
  phone: text(),
  ...PKCE,
});
