import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';

export interface OutboxDepth {
  unnumbered: number;
  /** Of the oldest event after a position or without one; null when there is none. */
  oldest_at: string | null;
}

export interface EndpointLag {
  id: string;
  url: string;
  status: string;
  lag: number;
  failing_since: string | null;
  dead: number;
}

const depth = statement<OutboxDepth>(
  'stats.depth',
  `SELECT (SELECT count(*) FROM auth_events.outbox WHERE position IS NULL) AS unnumbered,
     least((SELECT occurred_at FROM auth_events.outbox WHERE position > $1 ORDER BY position LIMIT 1),
       (SELECT occurred_at FROM auth_events.outbox WHERE position IS NULL ORDER BY inserted LIMIT 1)) AS oldest_at`,
);

const endpoints = statement<EndpointLag>(
  'stats.endpoints',
  `SELECT e.id, e.url, e.status, e.failing_since,
     (SELECT last_position FROM auth_events.feed_state) - e.position
       + count(d.position) FILTER (WHERE d.state = 'pending') AS lag,
     count(d.position) FILTER (WHERE d.state = 'dead') AS dead
   FROM auth_events.webhook_endpoints e
   LEFT JOIN auth_events.webhook_deliveries d ON d.endpoint_id = e.id AND d.state IN ('pending', 'dead')
   GROUP BY e.id ORDER BY e.created_at, e.id`,
);

@Injectable()
export class StatsRepository {
  constructor(private readonly database: Database) {}

  async depth(published: number): Promise<OutboxDepth> {
    return (await this.database.first(depth, [published]))!;
  }

  endpoints(): Promise<EndpointLag[]> {
    return this.database.rows(endpoints);
  }
}
