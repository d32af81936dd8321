import { rpc } from '../rpc.js';
import type { AuthEvent } from './event.js';

/**
 * What a consumer gave up on (events.md): the event as it was, in binary mode as on `AUTH_EVENTS`, and the headers below. The consumer keeps the event
 * and the later ones of the same subject in its own database until somebody decides; the stream tells people about it.
 */
export const DEAD_LETTERS_STREAM = 'AUTH_DEAD_LETTERS';

export const DEAD_LETTER_HEADERS = {
  consumer: 'usher-consumer',
  /** Text of the last error, at most 1000 characters. */
  reason: 'usher-reason',
  attempts: 'usher-attempts',
  /** RFC 3339. */
  time: 'usher-failed-at',
} as const;

/** Subject of a consumer's dead letters; the stream takes `<prefix>.>` where the prefix is `auth.dead_letters`. */
export function deadLetterSubject(consumer: string): string {
  return `auth.dead_letters.${consumer}`;
}

/**
 * Core NATS request to the running consumer, payload `{ "subject": "<user id>" }`, answered by `ParkingAnswer`: `retry` handles what is parked of the
 * subject in its order, `drop` skips the event that failed and handles the later ones, `replay` (payload: an event) hands a past
 * event to the handler again, `stats` (without payload) answers with `ConsumerStats`.
 */
export function consumerControlSubject(consumer: string, action: 'retry' | 'drop' | 'replay' | 'stats'): string {
  return `auth.consumers.${consumer}.${action}`;
}

export interface ParkingAnswer {
  /** Events that were handled. */
  handled: number;
  /** Events that are still parked, with the reason in `error`. */
  parked: number;
  error?: string;
}

export interface ConsumerStats {
  consumer: string;
  /** Position of the last event that was handled, '' before the first. */
  cursor: string;
  /** Events of the stream that were not handled yet. */
  lag: number;
  /** Seconds since the oldest of them happened, 0 when there is none. */
  lag_seconds: number;
  /** Subjects whose events wait for a decision, and their events. */
  parked_subjects: number;
  parked_events: number;
}

export interface DeadLetter {
  /** Sequence in the stream. */
  id: string;
  consumer: string;
  reason: string;
  attempts: number;
  failed_at: string;
  event: AuthEvent;
}

export interface ListDeadLettersInput {
  consumer?: string;
  after?: string;
  limit?: string | number;
}

export interface DeadLetterPage {
  data: DeadLetter[];
  has_more: boolean;
}

/** GET /events/dead-letters?consumer=&after=&limit=, oldest first. */
export const listDeadLetters = rpc<ListDeadLettersInput, DeadLetterPage>('events', 'list-dead-letters', {
  idempotent: true,
});

/**
 * POST /events/dead-letters/{id}/retry and DELETE /events/dead-letters/{id}: asks the consumer (`consumerControlSubject`), and removes the letter once
 * the consumer has no such event parked any more. Errors: `not_found` (404), `service_unavailable` (503) when the consumer does not run.
 */
export const decideDeadLetter = rpc<{ id: string; decision: 'retry' | 'drop' }, ParkingAnswer>(
  'events',
  'decide-dead-letter',
);
