import { Injectable } from '@nestjs/common';
import type { DeliveryState, WebhookAttempt } from '@usher/contracts/events/webhooks.contract';
import { Database, type Queryable } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { ClaimedDelivery, DeliveryRow } from './delivery.js';

const TABLE = 'auth_events.webhook_deliveries';
const COLUMNS = 'endpoint_id, position, event_id, subject_id, type, state, attempts, attempt_log, next_attempt_at';

/** Deliveries of the events between two positions that one of the LIKE patterns matches. What is there already stays as it is. */
const plan = statement(
  'deliveries.plan',
  `INSERT INTO ${TABLE} (endpoint_id, position, event_id, subject_id, type, next_attempt_at)
   SELECT $1, position, id, subject_id, type, $5 FROM auth_events.outbox
   WHERE position > $2 AND position <= $3 AND type LIKE ANY ($4::text[])
   ON CONFLICT DO NOTHING`,
);
const planAgain = statement(
  'deliveries.planAgain',
  `INSERT INTO ${TABLE} AS d (endpoint_id, position, event_id, subject_id, type, next_attempt_at)
   SELECT $1, position, id, subject_id, type, $5 FROM auth_events.outbox
   WHERE position > $2 AND position <= $3 AND type LIKE ANY ($4::text[])
   ON CONFLICT (endpoint_id, position) DO UPDATE
   SET state = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at WHERE d.state <> 'pending'`,
);
const again = statement(
  'deliveries.again',
  `UPDATE ${TABLE} SET state = 'pending', attempts = 0, next_attempt_at = $2, claimed_until = NULL
   WHERE endpoint_id = $1 AND ($3::bigint[] IS NULL OR position = ANY ($3)) AND ($4::text IS NULL OR state = $4)`,
);
const waiting = statement<{ n: number }>(
  'deliveries.waiting',
  `SELECT count(*) AS n FROM (SELECT FROM ${TABLE} WHERE endpoint_id = $1 AND state = 'pending' LIMIT $2) AS pending`,
);

/**
 * Of each subject only the first that is not settled: order is kept whatever fails. Rows that another worker has in hand are passed over; a claim
 * that its worker did not live to settle ends by itself.
 */
const claim = statement<ClaimedDelivery>(
  'deliveries.claim',
  `WITH due AS (
     SELECT d.endpoint_id, d.position FROM ${TABLE} d
     WHERE d.endpoint_id = $1 AND d.state = 'pending' AND d.next_attempt_at <= $2
       AND (d.claimed_until IS NULL OR d.claimed_until <= $2)
       AND NOT EXISTS (SELECT FROM ${TABLE} e WHERE e.endpoint_id = d.endpoint_id AND e.subject_id = d.subject_id
         AND e.state IN ('pending', 'dead') AND e.position < d.position)
     ORDER BY d.position LIMIT $3 FOR UPDATE OF d SKIP LOCKED)
   UPDATE ${TABLE} d SET claimed_until = $4, attempts = d.attempts + 1
   FROM due, auth_events.outbox o
   WHERE d.endpoint_id = due.endpoint_id AND d.position = due.position AND o.position = due.position
   RETURNING d.attempts, o.id, o.subject_id, o.version, o.type, o.occurred_at, o.actor_type, o.actor_id, o.origin,
     o.traceparent, o.data::text AS data, o.position`,
);

/** By the number of the attempt, so that a worker which was given up for dead settles nothing any more. */
const settle = statement(
  'deliveries.settle',
  `UPDATE ${TABLE} SET state = $4, next_attempt_at = coalesce($5, next_attempt_at), claimed_until = NULL,
     attempt_log = (CASE WHEN jsonb_array_length(attempt_log) < 50 THEN attempt_log ELSE attempt_log - 0 END) || $6::jsonb
   WHERE endpoint_id = $1 AND position = $2 AND attempts = $3 AND state = 'pending'`,
);
const list = statement<DeliveryRow>(
  'deliveries.list',
  `SELECT ${COLUMNS} FROM ${TABLE}
   WHERE endpoint_id = $1 AND position > $2 AND ($3::text IS NULL OR state = $3) AND ($4::uuid IS NULL OR subject_id = $4)
   ORDER BY position LIMIT $5`,
);
const drop = statement(
  'deliveries.drop',
  `UPDATE ${TABLE} SET state = 'dropped', claimed_until = NULL
   WHERE endpoint_id = $1 AND position = $2 AND state IN ('pending', 'dead')`,
);

export interface Range {
  endpointId: string;
  after: number;
  until: number;
  patterns: string[];
}

@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: Database) {}

  plan(tx: Queryable, { endpointId, after, until, patterns }: Range, now: Date): Promise<number> {
    return tx.run(plan, [endpointId, after, until, patterns, now]);
  }

  planAgain({ endpointId, after, until, patterns }: Range, now: Date): Promise<number> {
    return this.database.run(planAgain, [endpointId, after, until, patterns, now]);
  }

  /** Of the given positions or all, of the given state or any. */
  again(endpointId: string, now: Date, positions: number[] | null, state: DeliveryState | null): Promise<number> {
    return this.database.run(again, [endpointId, now, positions, state]);
  }

  /** Pending ones, counted up to a limit. */
  async waiting(tx: Queryable, endpointId: string, limit: number): Promise<number> {
    return (await tx.first(waiting, [endpointId, limit]))?.n ?? 0;
  }

  claim(endpointId: string, now: Date, limit: number, until: Date): Promise<ClaimedDelivery[]> {
    return this.database.rows(claim, [endpointId, now, limit, until]);
  }

  async settle(
    endpointId: string,
    { position, attempts }: ClaimedDelivery,
    attempt: WebhookAttempt,
    outcome: { state: DeliveryState; next?: Date },
  ): Promise<void> {
    const { state, next } = outcome;
    await this.database.run(settle, [endpointId, position, attempts, state, next ?? null, JSON.stringify([attempt])]);
  }

  list(
    endpointId: string,
    after: number,
    filter: { state: string | null; subject: string | null },
    limit: number,
  ): Promise<DeliveryRow[]> {
    return this.database.rows(list, [endpointId, after, filter.state, filter.subject, limit]);
  }

  async drop(endpointId: string, position: number): Promise<boolean> {
    return (await this.database.run(drop, [endpointId, position])) > 0;
  }
}
