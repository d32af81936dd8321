import { AuthError } from '@usher/contracts/errors';

/** The same for everybody, and for addresses that nobody has. */
export const tooManyAttempts = (windowMs: number): AuthError =>
  new AuthError('over_request_rate_limit', 'Too many failed attempts, please try again later', {
    headers: { 'retry-after': String(Math.ceil(windowMs / 1000)) },
  });
