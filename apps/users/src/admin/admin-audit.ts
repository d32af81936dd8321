import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { adminActor, type AuditAction, type AuditEntry } from '@usher/messaging/audit-log';

/** What an administrator did to a user, with the user's addresses as traits (accounts.md §25.3). */
export function adminEntry(
  { actor }: RequestContext,
  action: AuditAction,
  user: Pick<UserRow, 'id' | 'email' | 'phone'>,
  more: JsonObject = {},
): AuditEntry {
  const traits = { user_id: user.id, user_email: user.email ?? '', user_phone: user.phone ?? '', ...more };
  return { actor: adminActor(actor.id ?? ''), action, traits };
}
