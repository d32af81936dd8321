import type { EventType } from '@usher/contracts/events/event-types';
import type { ActorType, EventOrigin } from '@usher/contracts/request-context';

/** A numbered event as it is stored. */
export interface OutboxRow {
  id: string;
  subject_id: string;
  version: number;
  type: EventType;
  occurred_at: string;
  actor_type: ActorType;
  actor_id: string | null;
  origin: EventOrigin;
  traceparent: string | null;
  /** JSON text: it is passed on as it is. */
  data: string;
  position: number;
}
