import type { DeliveryState, WebhookAttempt, WebhookDelivery } from '@usher/contracts/events/webhooks.contract';
import { toSequence } from '../envelope/cloud-event.js';
import type { OutboxRow } from '../outbox/outbox-row.js';

/** A row of `auth_events.webhook_deliveries`. */
export interface DeliveryRow {
  endpoint_id: string;
  position: number;
  event_id: string;
  subject_id: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  attempt_log: WebhookAttempt[];
  next_attempt_at: string;
}

/** A delivery that this process alone may attempt now, with its event. */
export interface ClaimedDelivery extends OutboxRow {
  attempts: number;
}

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: toSequence(row.position),
    event_id: row.event_id,
    type: `auth.${row.type}`,
    subject: row.subject_id,
    state: row.state,
    attempts: row.attempt_log,
    ...(row.state === 'pending' ? { next_attempt_at: row.next_attempt_at } : {}),
  };
}
