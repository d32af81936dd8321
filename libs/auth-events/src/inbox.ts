import type { PoolClient } from 'pg';
import type { AuthEvent } from './auth-event.js';
import type { EventHandler, InboxOptions } from './options.js';
import { createTables, inTransaction, tablesOf, type Tables } from './tables.js';

/**
 * `handled`; `known` = was handled before; `parked` = waits for a decision on an earlier event of its subject; `gap` = events of the subject before
 * this one were not seen (`after` is the last that was).
 */
export type Outcome = { result: 'handled' | 'known' | 'parked' } | { result: 'gap'; after: number };

/** Of a row that stands for the consumer itself: its cursor. */
const CURSOR = '';

/**
 * One row for each subject: the version that was received last. It is changed in the transaction of the effect, so that an event that is delivered
 * twice has one effect, and a version that is not the next shows that something is missing.
 */
export class Inbox {
  readonly tables: Tables;

  constructor(
    private readonly options: InboxOptions,
    private readonly consumer: string,
  ) {
    this.tables = tablesOf(options);
  }

  prepare(): Promise<void> {
    return createTables(this.options.pool, this.tables);
  }

  /** @param acceptGap go on although earlier versions are missing. */
  async handle(
    event: AuthEvent,
    replayed: boolean,
    handler: EventHandler | undefined,
    acceptGap: boolean,
  ): Promise<Outcome> {
    return inTransaction(this.options.pool, async (client) => {
      const last = await this.lastVersion(client, event.subject);
      if (event.subjectversion <= last) return { result: 'known' };
      if (event.subjectversion > last + 1 && !acceptGap) return { result: 'gap', after: last };
      if (!(await this.advance(client, event, last))) return { result: 'gap', after: last };
      if (await this.parkBehind(client, event)) return { result: 'parked' };
      await handler?.(event, { client, replayed });
      return { result: 'handled' };
    });
  }

  /** Gives up on an event: it and all later ones of its subject wait for a decision. False when it is not its turn any more. */
  async park(event: AuthEvent, reason: string, attempts: number): Promise<boolean> {
    return inTransaction(this.options.pool, async (client) => {
      const last = await this.lastVersion(client, event.subject);
      if (event.subjectversion <= last || !(await this.advance(client, event, last))) return false;
      await client.query(
        `INSERT INTO ${this.tables.parked} (consumer, subject, version, event, reason, attempts)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [this.consumer, event.subject, event.subjectversion, JSON.stringify(event), reason, attempts],
      );
      return true;
    });
  }

  /** Where reading by HTTP goes on (`after`), and when this consumer first started (`since`). */
  async cursor(): Promise<{ after?: string; since: Date }> {
    const { rows } = await this.options.pool.query<{ sequence: string; handled_at: Date }>(
      `INSERT INTO ${this.tables.inbox} (consumer, subject, version, sequence) VALUES ($1, '${CURSOR}', 0, '')
       ON CONFLICT (consumer, subject) DO UPDATE SET version = 0 RETURNING sequence, handled_at`,
      [this.consumer],
    );
    const { sequence, handled_at } = rows[0]!;
    return { after: sequence || undefined, since: new Date(handled_at) };
  }

  async moveCursor(sequence: string): Promise<void> {
    await this.options.pool.query(
      `UPDATE ${this.tables.inbox} SET sequence = $2 WHERE consumer = $1 AND subject = '${CURSOR}' AND sequence < $2`,
      [this.consumer, sequence],
    );
  }

  private async lastVersion(client: PoolClient, subject: string): Promise<number> {
    const { rows } = await client.query<{ version: string }>(
      `SELECT version FROM ${this.tables.inbox} WHERE consumer = $1 AND subject = $2 FOR UPDATE`,
      [this.consumer, subject],
    );
    return Number(rows[0]?.version ?? 0);
  }

  /** False when another process of this consumer was faster. */
  private async advance(client: PoolClient, event: AuthEvent, last: number): Promise<boolean> {
    const { rowCount } = await client.query(
      `INSERT INTO ${this.tables.inbox} AS i (consumer, subject, version, sequence) VALUES ($1, $2, $3, $4)
       ON CONFLICT (consumer, subject) DO UPDATE
       SET version = excluded.version, sequence = excluded.sequence, handled_at = now() WHERE i.version = $5`,
      [this.consumer, event.subject, event.subjectversion, event.sequence, last],
    );
    return rowCount === 1;
  }

  private async parkBehind(client: PoolClient, event: AuthEvent): Promise<boolean> {
    const { parked } = this.tables;
    const { rowCount } = await client.query(
      `INSERT INTO ${parked} (consumer, subject, version, event)
       SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT FROM ${parked} WHERE consumer = $1 AND subject = $2)`,
      [this.consumer, event.subject, event.subjectversion, JSON.stringify(event)],
    );
    return rowCount === 1;
  }
}
