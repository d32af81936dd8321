import { AuthError } from '@usher/contracts/errors';

/** The same for a session that does not exist and for one of another user. */
export const sessionNotFound = (): AuthError =>
  new AuthError('session_not_found', 'Session not found', { status: 404 });

export const userNotFound = (): AuthError => new AuthError('user_not_found', 'User not found');

export const notForClients = (): AuthError =>
  new AuthError('oauth_client_not_allowed', 'Applications cannot see or end the sessions of a user');
