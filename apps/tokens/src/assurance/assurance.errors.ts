import { AuthError } from '@usher/contracts/errors';

/** A token without a session cannot be raised. */
export const noSessionToRaise = (): AuthError =>
  new AuthError('session_not_found', 'A session is required to verify a second factor');
