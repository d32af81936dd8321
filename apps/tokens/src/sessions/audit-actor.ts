import type { UserRow } from '@usher/database/users/user-row';
import type { AuditActor } from '@usher/messaging/audit-log';

/** The user who acts on his own sessions. */
export function actorOf(user: UserRow): AuditActor {
  return {
    ...{ id: user.id, isSsoUser: user.is_sso_user, email: user.email ?? '', phone: user.phone ?? '' },
    userMetadata: user.raw_user_meta_data,
  };
}
