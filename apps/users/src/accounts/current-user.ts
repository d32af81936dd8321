import { AuthError } from '@usher/contracts/errors';
import type { Bearer } from '@usher/contracts/request-context';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { isBanned } from './ban.js';
import type { SessionFacts } from './users.repository.js';

export type CurrentUser = UserWithAssociations & { session: SessionFacts | null };

/** The checks of a bearer token that need the database, in the reference's order (accounts.md §4.3). */
export function admit(user: CurrentUser | undefined, bearer: Bearer, now: Date): CurrentUser {
  if (!user) throw new AuthError('user_not_found', 'User from sub claim in JWT does not exist', { status: 403 });
  if (bearer.sessionId && !user.session)
    throw new AuthError('session_not_found', 'Session from session_id claim in JWT does not exist');
  if (isBanned(user, now)) throw new AuthError('user_banned', 'User is banned');
  return user;
}
