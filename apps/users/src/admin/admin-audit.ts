import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { adminActor, type AuditAction, type AuditEntry } from '@usher/messaging/audit-log';

/** Something that an administrator did, not a user (accounts.md §25.2). */
export function adminEntry({ actor }: RequestContext, action: AuditAction, traits: JsonObject): AuditEntry {
  return { actor: adminActor(actor.id ?? ''), action, traits };
}

/** To whom it was done. */
export function userTraits({ id, email, phone }: Pick<UserRow, 'id' | 'email' | 'phone'>): JsonObject {
  return { user_id: id, user_email: email ?? '', user_phone: phone ?? '' };
}

/** An invitation names no phone. */
export function invitationEntry(context: RequestContext, { id, email }: Pick<UserRow, 'id' | 'email'>): AuditEntry {
  return adminEntry(context, 'user_invited', { user_id: id, user_email: email ?? '' });
}
