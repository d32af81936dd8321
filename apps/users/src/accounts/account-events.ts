import type { NewEvent } from '@usher/contracts/events/event';
import type { EventType } from '@usher/contracts/events/event-types';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import { toIdentityObject } from '@usher/database/users/user-object';
import type { IdentityRow } from '@usher/database/users/user-row';

/** Members that move with every write and are no news by themselves. */
const SILENT = new Set(['updated_at', 'identities', 'factors', 'confirmed_at']);

/** A change of one of these members has a type of its own besides `user.updated`. */
function specialTypes(before: UserObject, after: UserObject): EventType[] {
  const types: EventType[] = [];
  if (before.email !== after.email) types.push('user.email_changed');
  if (!before.email_confirmed_at && after.email_confirmed_at) types.push('user.email_confirmed');
  if (before.phone !== after.phone) types.push('user.phone_changed');
  if (!before.phone_confirmed_at && after.phone_confirmed_at) types.push('user.phone_confirmed');
  if (before.new_email !== after.new_email && after.new_email) types.push('user.email_change_requested');
  if (before.new_phone !== after.new_phone && after.new_phone) types.push('user.phone_change_requested');
  if (before.is_anonymous && !after.is_anonymous) types.push('user.anonymous_upgraded');
  if (before.banned_until !== after.banned_until) types.push(after.banned_until ? 'user.banned' : 'user.unbanned');
  return types;
}

/** The members that differ, with their previous values (null where there was none). */
export function previousValues(before: UserObject, after: UserObject): JsonObject {
  const previous: JsonObject = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof UserObject>) {
    if (SILENT.has(key)) continue;
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      previous[key] = (before[key] ?? null) as JsonObject[string];
  }
  return previous;
}

export function userCreated(user: UserObject): NewEvent {
  return { type: 'user.created', subject: user.id, record: user };
}

/**
 * What a change of a user is news of: the special types first, then `user.updated` with everything that changed. `also` names what the members do not
 * show (`user.password_changed`).
 */
export function userChanged(before: UserObject, after: UserObject, ...also: EventType[]): NewEvent[] {
  const previous = previousValues(before, after);
  const types = [...specialTypes(before, after), ...also];
  if (Object.keys(previous).length) types.push('user.updated');
  return types.map((type) => ({ type, subject: after.id, record: after, previous }));
}

/** Something that concerns the user and changes nothing that can be seen of it (`user.recovery_requested` …). */
export function userNews(type: EventType, user: UserObject, context?: JsonObject): NewEvent {
  return { type, subject: user.id, record: user, context };
}

export function identityEvent(
  type: 'identity.linked' | 'identity.updated' | 'identity.unlinked',
  row: IdentityRow,
): NewEvent {
  return { type, subject: row.user_id, record: toIdentityObject(row) };
}
