import { AuthError } from '@usher/contracts/errors';

/** A link that leads nowhere (any more). */
export const linkExpired = (): AuthError => new AuthError('otp_expired', 'Email link is invalid or has expired');

/** A code that is wrong, too late, used, or of nobody. */
export const codeExpired = (): AuthError => new AuthError('otp_expired', 'Token has expired or is invalid');

export const userBanned = (): AuthError => new AuthError('user_banned', 'User is banned');

export const invalid = (message: string): AuthError => new AuthError('validation_failed', message);

export const unprocessable = (message: string): AuthError =>
  new AuthError('validation_failed', message, { status: 422 });
