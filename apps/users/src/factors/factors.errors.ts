import { AuthError, type ErrorCode } from '@usher/contracts/errors';
import type { FactorType } from './factor.js';

const NAMES: Record<FactorType, string> = { totp: 'TOTP', phone: 'Phone', webauthn: 'WebAuthn' };

export const invalid = (message: string) => new AuthError('validation_failed', message);

export const anonymous = () =>
  new AuthError('no_authorization', 'Anonymous user not allowed to perform these actions', { status: 403 });

export const notAUuid = () => new AuthError('validation_failed', 'factor_id must be an UUID', { status: 404 });

export const factorNotFound = () => new AuthError('mfa_factor_not_found', 'Factor not found');

export const sessionRequired = (purpose: string) =>
  new AuthError('session_not_found', `A valid session and a registered user are required to ${purpose}`);

export const enrolmentDisabled = (type: FactorType) =>
  new AuthError(`mfa_${type}_enroll_not_enabled`, `MFA enroll is disabled for ${NAMES[type]}`);

export const verificationDisabled = (type: FactorType, code: ErrorCode = `mfa_${type}_verify_not_enabled`) =>
  new AuthError(code, `MFA verification is disabled for ${NAMES[type]}`);

export const unknownType = () => invalid('factor_type needs to be totp, phone, or webauthn');

export const nameTaken = (name: string) => {
  const message = `A factor with the friendly name "${name}" for this user already exists`;
  return new AuthError('mfa_factor_name_conflict', message);
};

export const tooManyFactors = () => {
  const message = 'Maximum number of verified factors reached, unenroll to continue';
  return new AuthError('too_many_enrolled_mfa_factors', message);
};

export const insufficientAal = (message: string, status: number) =>
  new AuthError('insufficient_aal', message, { status });

export const verifiedFactorExists = () => {
  const message = 'A verified phone factor already exists, unenroll the existing factor to continue';
  return new AuthError('mfa_verified_factor_exists', message);
};

export const challengeNotFound = () =>
  new AuthError('mfa_factor_not_found', 'MFA factor with the provided challenge ID not found', { status: 422 });

/** Also for a challenge that was used already, as the reference has it. */
export const addressMismatch = () =>
  new AuthError('mfa_ip_address_mismatch', 'Challenge and verify IP addresses mismatch.');

export const challengeExpired = (id: string) => {
  const message = `MFA challenge ${id} has expired, verify against another challenge or create a new challenge.`;
  return new AuthError('mfa_challenge_expired', message);
};

const WRONG: Record<FactorType, string> = {
  totp: 'Invalid TOTP code entered',
  phone: 'Invalid MFA Phone code entered',
  // The reference answers 500 here.
  webauthn: 'Failed to validate WebAuthn MFA response',
};

export const wrongAnswer = (type: FactorType) => new AuthError('mfa_verification_failed', WRONG[type]);

export const attemptRejected = (message: string) =>
  new AuthError('mfa_verification_rejected', message, { status: 403 });

/** `seconds` until the next attempt counts. */
export const tooManyAttempts = (seconds: number) => {
  const message = 'Too many wrong codes. Please wait before you try again.';
  return new AuthError('over_request_rate_limit', message, { headers: { 'retry-after': String(seconds) } });
};
