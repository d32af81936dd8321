import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';

export interface Deletion {
  subject_id: string;
  position: number;
}

export interface ErasedEvent {
  id: string;
  position: number;
  type: string;
}

/** Users that were deleted for good before a time, in order of the feed. */
const due = statement<Deletion>(
  'erasures.due',
  `SELECT o.subject_id, o.position FROM auth_events.outbox o
   WHERE o.type = 'user.deleted' AND o.position > (SELECT erased_position FROM auth_events.feed_state)
     AND o.occurred_at <= $1 AND o.data -> 'context' ->> 'mode' = 'hard'
   ORDER BY o.position LIMIT $2`,
);

/**
 * Leaves of each event of the subject what order and deletion need: ids that are UUIDs, names of changed fields, mode and reason. Ids of providers,
 * addresses, agents and metadata go.
 */
const erase = statement<ErasedEvent>(
  'erasures.erase',
  `UPDATE auth_events.outbox SET traceparent = NULL, data = jsonb_build_object(
     'record', jsonb_build_object('id', CASE WHEN data -> 'record' ->> 'id' ~ '^[0-9a-f-]{36}$'
       THEN data -> 'record' ->> 'id' ELSE subject_id::text END),
     'previous', NULL, 'changed', data -> 'changed',
     'context', jsonb_strip_nulls(jsonb_build_object('erased', true, 'mode', data -> 'context' -> 'mode',
       'reason', data -> 'context' -> 'reason')))
   WHERE subject_id = $1 AND data -> 'context' -> 'erased' IS NULL
   RETURNING id, position, type`,
);

const done = statement(
  'erasures.done',
  'UPDATE auth_events.feed_state SET erased_position = greatest(erased_position, $1)',
);

@Injectable()
export class ErasuresRepository {
  constructor(private readonly database: Database) {}

  due(before: Date, limit: number): Promise<Deletion[]> {
    return this.database.rows(due, [before, limit]);
  }

  erase(subject: string): Promise<ErasedEvent[]> {
    return this.database.rows(erase, [subject]);
  }

  async done(position: number): Promise<void> {
    await this.database.run(done, [position]);
  }
}
