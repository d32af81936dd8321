import type { Pool, PoolClient } from 'pg';
import type { AuthEvent, EventType } from './auth-event.js';
import type { UserRecord } from './records.js';

/** Read from JetStream. */
export interface NatsSource {
  /** `nats://host:4222`, several parted by commas; a user and password in the URL are used. */
  servers: string;
  credentials?: { user: string; pass: string };
  /** Default `AUTH_EVENTS`. */
  stream?: string;
  /** Subject filter by partition, such as `auth.events.p07.>`. Filter by type with `types`: the order of a user's versions needs them all. */
  filter?: string;
  /** Milliseconds after which the events of a process that died go to another; longer than a hundred events take. Default 30000; fixed when the durable is made. */
  ackWaitMs?: number;
}

/** Read `GET /events`, where there is no way to NATS. */
export interface HttpSource {
  /** Base of the auth API, such as `http://localhost:9999` or `…/auth/v1`. */
  url: string;
  /** Secret (service) key. */
  key: string;
  /** Milliseconds between two looks when nothing is new. Default 1000. */
  pollMs?: number;
}

export interface InboxOptions {
  pool: Pool;
  /** Made if missing; may name a schema. Default `auth_inbox`. */
  table?: string;
}

/** What a handler gets beside the event. */
export interface Delivery {
  /** Effects written through it commit together with the note that the event was handled. */
  client: PoolClient;
  /** The event happened before this consumer first started: a mail or call to the outside may better be left out. */
  replayed: boolean;
}

export type EventHandler = (event: AuthEvent, delivery: Delivery) => Promise<void> | void;

/** An event that was given up, and how many later ones of its subject wait behind it. */
export interface ParkedEvent {
  subject: string;
  version: number;
  reason: string;
  attempts: number;
  event: AuthEvent;
  behind: number;
  parkedAt: string;
}

/** What a decision on parked events came to. */
export interface ParkingAnswer {
  /** Events that were handled. */
  handled: number;
  /** Events that are still parked, with the reason in `error`. */
  parked: number;
  error?: string;
}

export interface ConsumerStats {
  consumer: string;
  /** Position of the last event that this process handled, '' before the first. */
  cursor: string;
  /** Events that were not handled yet; by HTTP 1 stands for some. */
  lag: number;
  /** Age of the last handled event while others wait, 0 when there is none. */
  lag_seconds: number;
  parked_subjects: number;
  parked_events: number;
}

/** A line of `GET /events/snapshot`; `record` is null where the subject is no user, or none any more. */
export interface SubjectState {
  subject: string;
  version: number;
  record: UserRecord | null;
}

/** Fills an empty consumer with the last state of every user before the first event is handled. */
export interface Bootstrap extends HttpSource {
  load: (state: SubjectState, client: PoolClient) => Promise<void> | void;
}

/** Events of a subject that are no longer to be had, `after` and `before` being the versions around them. */
export interface Gap {
  subject: string;
  after: number;
  before: number;
}

interface CommonOptions {
  /** Name of this consumer: at most 32 letters, digits, `_` or `-`. Two processes with one name share the work. */
  durable: string;
  /** Types for the handler; all when absent. */
  types?: EventType[];
  handler: EventHandler;
  inbox: InboxOptions;
  /** On the first start. */
  bootstrap?: Bootstrap;
  /** After so many failures an event is parked: later ones of its subject wait with it, all others go on. Default 8. */
  maxAttempts?: number;
  /** Told when an event is parked, which is also published to `AUTH_DEAD_LETTERS` where there is a NATS. */
  onDeadLetter?: (parked: { event: AuthEvent; reason: string; attempts: number }) => void;
  /** Told of each failure; the event is tried again, and later events of the same subject wait for it. */
  onError?: (error: unknown, event?: AuthEvent) => void;
  /** Told when earlier events of a subject are missing for good; the event is then handled all the same. */
  onGap?: (gap: Gap) => void;
}

export type ConsumeOptions = CommonOptions & (NatsSource | HttpSource);

export interface Consumer {
  /** Finishes the event in work and closes the connection to the source; the pool stays open. */
  stop(): Promise<void>;
  stats(): Promise<ConsumerStats>;
  /** Hands a past event to the handler again, as `replayed`; versions and cursor stay as they are. */
  replay(event: AuthEvent): Promise<void>;
  /** Events that were given up. */
  parked(): Promise<ParkedEvent[]>;
  /** Handles what is parked of a subject, in its order. */
  retry(subject: string): Promise<ParkingAnswer>;
  /** Skips the event of a subject that failed, and handles the later ones. */
  drop(subject: string): Promise<ParkingAnswer>;
}
