import { Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import { OUTBOX_POKE, type EventData, type NewEvent } from '@usher/contracts/events/event';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import { v7 as uuidv7 } from 'uuid';
import { noteWrite } from './write-cursors.js';

/**
 * Takes the version lock of each subject (one row per user) and inserts the events with gap-free versions, in one round trip. The lock is held to the
 * end of the transaction, so that versions are in commit order.
 */
const append = statement<{ subject_id: string; version: number }>(
  'outbox.append',
  `WITH event AS (
     SELECT e.*, row_number() OVER (PARTITION BY e.subject_id ORDER BY e.n) AS nth
     FROM jsonb_to_recordset($1::jsonb) AS e(n int, id uuid, subject_id uuid, type text, data jsonb)
   ), lock AS (
     INSERT INTO auth_events.subjects AS s (subject_id, version)
     SELECT subject_id, count(*) FROM event GROUP BY subject_id ORDER BY subject_id
     ON CONFLICT (subject_id) DO UPDATE SET version = s.version + excluded.version
     RETURNING s.subject_id, s.version
   )
   INSERT INTO auth_events.outbox (id, subject_id, version, type, actor_type, actor_id, origin, traceparent, data)
   SELECT e.id, e.subject_id, l.version - (SELECT count(*) FROM event o WHERE o.subject_id = e.subject_id) + e.nth,
     e.type, $2, $3, $4, $5, e.data
   FROM event e JOIN lock l USING (subject_id) ORDER BY e.n
   RETURNING subject_id, version`,
);

/** The one way in which an event comes to be: in the transaction of its cause. */
@Injectable()
export class Outbox {
  constructor(private readonly nats: NatsConnection) {}

  /** Appends in order; nothing but the database is touched, and `apps/events` gets a hint after commit. */
  async append(
    tx: Transaction,
    context: RequestContext,
    sessionId: string | null,
    ...events: NewEvent[]
  ): Promise<void> {
    if (!events.length) return;
    const rows = events.map((event, n) => ({
      n,
      id: uuidv7(),
      subject_id: event.subject,
      type: event.type,
      data: toData(event, context, sessionId),
    }));
    const { actor, origin, traceparent } = context;
    const written = await tx.rows(append, [jsonParameter(rows), actor.type, actor.id, origin, traceparent ?? null]);
    tx.afterCommit(() => {
      for (const { subject_id, version } of written) noteWrite(context, subject_id, version);
      this.poke();
    });
  }

  private poke(): void {
    if (!this.nats.isClosed()) this.nats.publish(OUTBOX_POKE);
  }
}

function toData(event: NewEvent, context: RequestContext, sessionId: string | null): EventData {
  const where: JsonObject = {};
  if (context.ip) where.ip = context.ip;
  if (context.userAgent) where.user_agent = context.userAgent;
  if (sessionId) where.session_id = sessionId;
  return {
    record: event.record as JsonObject,
    previous: (event.previous as JsonObject | undefined) ?? null,
    changed: event.changed ?? Object.keys(event.previous ?? {}),
    context: { ...where, ...event.context },
  };
}
