import type { ActorType, EventOrigin } from '../request-context.js';
import type { JsonObject } from '../user-object.js';
import type { EventType } from './event-types.js';

/** What a writer says happened; everything else of the envelope is filled in by `outbox.append`. */
export interface NewEvent {
  type: EventType;
  /** User id, or the object's id where there is no user. */
  subject: string;
  /** The object after the change, without secrets. */
  record: object;
  /** Previous values of what changed. */
  previous?: object;
  /** Names of the changed fields; those of `previous` when not given. */
  changed?: string[];
  /** `mode` of a deletion, `reason` of a revocation … */
  context?: JsonObject;
}

export interface EventData {
  record: JsonObject;
  previous: JsonObject | null;
  changed: string[];
  /** `ip`, `user_agent`, `session_id` and what the type adds. */
  context: JsonObject;
}

/** CloudEvents 1.0, structured (events.md "Envelope"). */
export interface AuthEvent {
  specversion: '1.0';
  /** UUIDv7: the deduplication key. */
  id: string;
  source: string;
  type: `auth.${EventType}`;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  /** Position in the feed, zero-padded to 20 digits: sorts as text, and is the cursor. */
  sequence: string;
  subjectversion: number;
  traceparent?: string;
  actortype: ActorType;
  actorid?: string;
  origin: EventOrigin;
  data: EventData;
}

/** Told after commit that there are events to number: a hint, polling is the guarantee. */
export const OUTBOX_POKE = 'usher.poke.events';
