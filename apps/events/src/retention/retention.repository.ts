import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';

/**
 * Moves the beginning of the feed behind the events that are too old, at most `$2` at a time, and never past what an endpoint of webhooks that is not
 * disabled has not planned yet: paused loses nothing.
 */
const moveOldest = statement<{ moved: number }>(
  'retention.moveOldest',
  `WITH bound AS (
     SELECT s.oldest_position AS old, least(
       coalesce((SELECT min(o.position) FROM auth_events.outbox o WHERE o.position >= s.oldest_position AND o.occurred_at >= $1),
         s.last_position + 1),
       coalesce((SELECT min(e.position) + 1 FROM auth_events.webhook_endpoints e WHERE e.status <> 'disabled'), s.last_position + 1),
       s.oldest_position + $2) AS next
     FROM auth_events.feed_state s)
   UPDATE auth_events.feed_state SET oldest_position = bound.next FROM bound WHERE bound.next > bound.old
   RETURNING bound.next - bound.old AS moved`,
);

const removeOld = statement(
  'retention.removeOld',
  `DELETE FROM auth_events.outbox o USING auth_events.feed_state s
   WHERE o.position < s.oldest_position AND NOT EXISTS (
     SELECT FROM auth_events.webhook_deliveries d WHERE d.position = o.position AND d.state IN ('pending', 'dead'))`,
);

const removeSettled = statement(
  'retention.removeSettled',
  `DELETE FROM auth_events.webhook_deliveries d USING auth_events.feed_state s
   WHERE d.position < s.oldest_position AND d.state IN ('delivered', 'dropped')`,
);

@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** How many events left the feed. */
  async drop(before: Date, limit: number): Promise<number> {
    const moved = (await this.database.first(moveOldest, [before, limit]))?.moved ?? 0;
    await this.database.run(removeSettled);
    await this.database.run(removeOld);
    return moved;
  }
}
