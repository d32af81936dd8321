import type { AuthEvent, EventData, EventType } from './auth-event.js';
import type { RecordOf } from './record-of.js';

/** An event whose type is known, and so the shape of its record. */
export type AuthEventOf<T extends EventType> = T extends EventType
  ? Omit<AuthEvent, 'type' | 'data'> & { type: `auth.${T}`; data: Omit<EventData, 'record'> & { record: RecordOf[T] } }
  : never;

/** `if (isEvent(event, 'user.created', 'user.updated')) event.data.record.email` */
export function isEvent<T extends EventType>(event: AuthEvent, ...types: T[]): event is AuthEvent & AuthEventOf<T> {
  return types.some((type) => event.type === `auth.${type}`);
}
