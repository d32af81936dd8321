import { rpc } from '../rpc.js';
import type { AuthEvent } from './event.js';

export interface ListEventsInput {
  /** Cursor of the last event that the caller has; from the oldest that is kept when absent; `latest` for what is to come. */
  after?: string;
  /** 1 to 1000, default 100; a page also ends where it would pass what one message of the bus can hold. Text, as it comes from a query. */
  limit?: string | number;
  /** `user.created`, `auth.user.created`, `user.*`; several parted by commas. */
  type?: string;
  /** Id of the user or object. */
  subject?: string;
}

export interface EventPage {
  data: AuthEvent[];
  /** To be given as `after`; moves on under a filter also when nothing matched. */
  cursor: string;
  has_more: boolean;
}

/**
 * GET /events, oldest first. Errors: `validation_failed` (400) for a bad parameter, `events_cursor_expired` (410) when events after the
 * cursor are no longer kept.
 */
export const listEvents = rpc<ListEventsInput, EventPage>('events', 'list-events', { idempotent: true });
