import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { OutboxRow } from './outbox-row.js';

const COLUMNS = `id, subject_id, version, type, occurred_at, actor_type, actor_id, origin, traceparent, data::text AS data, position`;

const after = statement<OutboxRow>(
  'outbox.after',
  `SELECT ${COLUMNS} FROM auth_events.outbox WHERE position > $1 ORDER BY position LIMIT $2`,
);

const matching = statement<OutboxRow>(
  'outbox.matching',
  `SELECT ${COLUMNS} FROM auth_events.outbox
   WHERE position > $1 AND position <= $2 AND type LIKE ANY ($3::text[]) ORDER BY position LIMIT $4`,
);

const ofSubject = statement<OutboxRow>(
  'outbox.ofSubject',
  `SELECT ${COLUMNS} FROM auth_events.outbox
   WHERE subject_id = $1 AND position > $2 AND type LIKE ANY ($3::text[]) ORDER BY version LIMIT $4`,
);

const extent = statement<FeedExtent>(
  'outbox.extent',
  `SELECT feed_id, last_position AS last,
     coalesce((SELECT min(position) FROM auth_events.outbox o WHERE o.position >= oldest_position), last_position + 1) AS oldest
   FROM auth_events.feed_state`,
);

const idAt = statement<{ id: string }>('outbox.idAt', 'SELECT id FROM auth_events.outbox WHERE position = $1');

/** Position before the first event that happened at or after a time. */
const before = statement<{ position: number }>(
  'outbox.before',
  `SELECT coalesce(
     (SELECT min(position) - 1 FROM auth_events.outbox WHERE occurred_at >= $1 AND position IS NOT NULL),
     (SELECT last_position FROM auth_events.feed_state)) AS position`,
);

export interface FeedExtent {
  feed_id: string;
  /** Position of the newest event, 0 when there was none yet. */
  last: number;
  /** Position of the oldest event that is kept, or of the next one. */
  oldest: number;
}

/** Numbered events. Those without a position are nobody's business but the numbering leader's. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  after(position: number, limit: number): Promise<OutboxRow[]> {
    return this.database.rows(after, [position, limit]);
  }

  /** Of the types that match one of the LIKE patterns, among the positions after `position` up to `until`. */
  matching(position: number, until: number, types: string[], limit: number): Promise<OutboxRow[]> {
    return this.database.rows(matching, [position, until, types, limit]);
  }

  ofSubject(subject: string, position: number, types: string[], limit: number): Promise<OutboxRow[]> {
    return this.database.rows(ofSubject, [subject, position, types, limit]);
  }

  async extent(): Promise<FeedExtent> {
    const found = await this.database.first(extent);
    if (!found) throw new Error('auth_events.feed_state has lost its row');
    return found;
  }

  async idAt(position: number): Promise<string | undefined> {
    return (await this.database.first(idAt, [position]))?.id;
  }

  async lastBefore(time: Date): Promise<number> {
    return (await this.database.first(before, [time]))?.position ?? 0;
  }
}
