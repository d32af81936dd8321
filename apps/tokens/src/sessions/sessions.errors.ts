import { AuthError } from '@usher/contracts/errors';

export const userMissing = (): AuthError =>
  new AuthError('user_not_found', 'User from sub claim in JWT does not exist', { status: 403 });

export const sessionMissing = (): AuthError =>
  new AuthError('session_not_found', 'Session from session_id claim in JWT does not exist');

export const userBanned = (): AuthError => new AuthError('user_banned', 'User is banned');

export const sessionOver = (): AuthError =>
  new AuthError('session_expired', 'Session is no longer valid', { status: 403 });

export const unsupportedScope = (scope: string): AuthError =>
  new AuthError('validation_failed', `Unsupported logout scope "${scope}"`);
