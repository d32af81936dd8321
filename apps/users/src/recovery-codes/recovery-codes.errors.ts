import { AuthError } from '@usher/contracts/errors';

export const aal2Required = () => {
  const message = 'AAL2 session is required to manage recovery codes';
  return new AuthError('insufficient_aal', message, { status: 403 });
};

export const factorRequired = () => {
  const message = 'Another verified factor is required before recovery codes can be generated';
  return new AuthError('mfa_recovery_codes_sole_factor', message);
};

export const noCodes = () => new AuthError('mfa_factor_not_found', 'Recovery codes not found');

export const codesExist = () => {
  const message = 'Recovery codes already exist, regenerate them to replace them';
  return new AuthError('mfa_verified_factor_exists', message);
};

export const wrongCode = () => new AuthError('mfa_verification_failed', 'Invalid recovery code entered');

export const sessionRequired = () =>
  new AuthError('session_not_found', 'A valid session and a registered user are required to use a recovery code');
