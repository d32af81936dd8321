import type { PoolClient } from 'pg';
import type { AuthEvent } from './auth-event.js';
import { handlerOf } from './handler-of.js';
import type { ConsumeOptions, ParkedEvent, ParkingAnswer } from './options.js';
import { inTransaction, type Tables } from './tables.js';

interface ParkedRow {
  version: string;
  event: AuthEvent;
  attempts: number;
}

/** Events that wait for a decision: the one that failed, and behind it the later ones of the same subject. */
export class Parking {
  constructor(
    private readonly options: ConsumeOptions,
    private readonly tables: Tables,
  ) {}

  /** The events that failed, oldest first. */
  async list(): Promise<ParkedEvent[]> {
    const { rows } = await this.options.inbox.pool.query<ParkedEvent>(
      `SELECT subject, version::int AS version, reason, attempts, event, parked_at::text AS "parkedAt",
         (SELECT count(*)::int - 1 FROM ${this.tables.parked} o WHERE o.consumer = p.consumer AND o.subject = p.subject) AS behind
       FROM ${this.tables.parked} p WHERE consumer = $1 AND reason IS NOT NULL ORDER BY parked_at, version`,
      [this.options.durable],
    );
    return rows;
  }

  /** Handles what is parked of a subject, in its order, until one fails again. */
  async retry(subject: string): Promise<ParkingAnswer> {
    let handled = 0;
    try {
      while (await this.handleFirst(subject)) handled++;
      return { handled, parked: 0 };
    } catch (error) {
      return { handled, parked: await this.count(subject), error: reasonOf(error) };
    }
  }

  /** Skips the event that failed, and handles the later ones. */
  async drop(subject: string): Promise<ParkingAnswer> {
    await inTransaction(this.options.inbox.pool, async (client) => {
      const first = await this.first(client, subject);
      if (first) await this.remove(client, subject, first.version);
    });
    return this.retry(subject);
  }

  /** Outside of the order: what is handled once more moves no version. */
  async replay(event: AuthEvent): Promise<void> {
    await inTransaction(this.options.inbox.pool, async (client) => {
      await handlerOf(this.options, event)?.(event, { client, replayed: true });
    });
  }

  async counts(): Promise<{ parked_subjects: number; parked_events: number }> {
    const { rows } = await this.options.inbox.pool.query<{ parked_subjects: number; parked_events: number }>(
      `SELECT count(DISTINCT subject)::int AS parked_subjects, count(*)::int AS parked_events
       FROM ${this.tables.parked} WHERE consumer = $1`,
      [this.options.durable],
    );
    return rows[0]!;
  }

  private async handleFirst(subject: string): Promise<boolean> {
    let failed: ParkedRow | undefined;
    try {
      return await inTransaction(this.options.inbox.pool, async (client) => {
        failed = await this.first(client, subject);
        if (!failed) return false;
        await handlerOf(this.options, failed.event)?.(failed.event, { client, replayed: true });
        await this.remove(client, subject, failed.version);
        return true;
      });
    } catch (error) {
      if (failed) await this.note(subject, failed, reasonOf(error));
      throw error;
    }
  }

  /** Locked, together with the subject's row of the inbox, so that nothing is parked behind it meanwhile. */
  private async first(client: PoolClient, subject: string): Promise<ParkedRow | undefined> {
    const key = [this.options.durable, subject];
    await client.query(`SELECT FROM ${this.tables.inbox} WHERE consumer = $1 AND subject = $2 FOR UPDATE`, key);
    const { rows } = await client.query<ParkedRow>(
      `SELECT version, event, attempts FROM ${this.tables.parked}
       WHERE consumer = $1 AND subject = $2 ORDER BY version LIMIT 1 FOR UPDATE`,
      key,
    );
    return rows[0];
  }

  private async remove(client: PoolClient, subject: string, version: string): Promise<void> {
    await client.query(`DELETE FROM ${this.tables.parked} WHERE consumer = $1 AND subject = $2 AND version = $3`, [
      this.options.durable,
      subject,
      version,
    ]);
  }

  private async note(subject: string, { version, attempts }: ParkedRow, reason: string): Promise<void> {
    await this.options.inbox.pool.query(
      `UPDATE ${this.tables.parked} SET reason = $4, attempts = $5 WHERE consumer = $1 AND subject = $2 AND version = $3`,
      [this.options.durable, subject, version, reason, attempts + 1],
    );
  }

  private async count(subject: string): Promise<number> {
    const { rows } = await this.options.inbox.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${this.tables.parked} WHERE consumer = $1 AND subject = $2`,
      [this.options.durable, subject],
    );
    return rows[0]!.n;
  }
}

const LONGEST_REASON = 1_000;

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON) || 'failed';
}
