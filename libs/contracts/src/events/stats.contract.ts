import { rpc } from '../rpc.js';

export interface FeedStats {
  /** Position of the newest event. */
  cursor: string;
  outbox: {
    /** Committed events that have no position yet. */
    unnumbered: number;
    /** Events with a position that the stream does not have yet. */
    unpublished: number;
    /** Seconds since the oldest of both happened, 0 when there is none. */
    oldest_seconds: number;
  };
  /** Durable consumers of `AUTH_EVENTS`, empty when NATS is away. */
  consumers: { name: string; pending: number; unacknowledged: number; redelivered: number }[];
  /** Webhook endpoints. `lag` in events. */
  endpoints: { id: string; url: string; status: string; lag: number; failing_since?: string }[];
  dead_letters: number;
}

/** GET /events/stats. */
export const feedStats = rpc<Record<string, never>, FeedStats>('events', 'feed-stats', { idempotent: true });
