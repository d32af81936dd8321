import { AuthError } from '@usher/contracts/errors';

export const invalid = (message: string) => new AuthError('validation_failed', message);

export const ssoUser = () => new AuthError('validation_failed', 'SSO users cannot register passkeys', { status: 422 });

export const insufficientAal = () => {
  const message = 'AAL2 session is required to manage passkeys when MFA is enabled';
  return new AuthError('insufficient_aal', message, { status: 403 });
};

export const tooManyPasskeys = () => new AuthError('too_many_passkeys', 'Maximum number of passkeys reached');

export const challengeNotFound = () =>
  new AuthError('webauthn_challenge_not_found', 'Challenge not found or already used');

export const challengeExpired = () => new AuthError('webauthn_challenge_expired', 'Challenge has expired');

export const unreadable = () => new AuthError('webauthn_verification_failed', 'Invalid credential response');

export const notVerified = () => new AuthError('webauthn_verification_failed', 'Credential verification failed');

export const credentialExists = () =>
  new AuthError('webauthn_credential_exists', 'This credential is already registered');

export const passkeyNotFound = () => new AuthError('validation_failed', 'Passkey not found', { status: 404 });

export const emailNotConfirmed = () => new AuthError('email_not_confirmed', 'Email not confirmed', { status: 403 });

export const phoneNotConfirmed = () => new AuthError('phone_not_confirmed', 'Phone not confirmed', { status: 403 });

export const userBanned = () => new AuthError('user_banned', 'User is banned');
