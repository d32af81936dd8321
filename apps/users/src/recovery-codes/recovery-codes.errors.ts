import { AuthError } from '@usher/contracts/errors';

export const aal2Required = () => {
  const message = 'AAL2 session is required to manage recovery codes';
  return new AuthError('insufficient_aal', message, { status: 403 });
};

export const factorRequired = () => {
  const message = 'A verified factor is required before recovery codes can be generated';
  return new AuthError('validation_failed', message, { status: 422 });
};

export const wrongCode = () => new AuthError('mfa_verification_failed', 'Invalid recovery code entered');

export const codeRequired = () => new AuthError('validation_failed', 'Code needs to be non-empty');

export const sessionRequired = () =>
  new AuthError('session_not_found', 'A valid session and a registered user are required to use a recovery code');
