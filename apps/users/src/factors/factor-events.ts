import type { NewEvent } from '@usher/contracts/events/event';
import type { EventType } from '@usher/contracts/events/event-types';
import type { JsonObject } from '@usher/contracts/user-object';
import { toFactorObject } from '@usher/database/users/user-object';
import type { FactorRow } from './factor.entity.js';

/** Names each member, so that neither secret nor credential can slip in; what the authenticator answered is nobody's business either. */
function toRecord(row: FactorRow): object {
  const { last_webauthn_challenge_data: _, ...record } = toFactorObject(row);
  return { ...record, user_id: row.user_id };
}

type FactorEvent = Extract<EventType, `factor.${string}`>;

export function factorEvent(type: FactorEvent, row: FactorRow, more: Partial<NewEvent> = {}): NewEvent {
  return { type, subject: row.user_id, record: toRecord(row), ...more };
}

/** `reason`: `unenrolled`, `replaced`, `superseded`, `expired` … */
export function factorsRemoved(rows: readonly FactorRow[], reason: string): NewEvent[] {
  const context: JsonObject = { reason };
  return rows.map((row) => factorEvent('factor.removed', row, { context }));
}
