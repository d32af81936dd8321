import type { PoolClient } from 'pg';
import type { AuthEvent } from './auth-event.js';
import type { EventHandler, InboxOptions } from './options.js';

const TABLE = /^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$/;

/**
 * `handled`; `known` = was handled before; `gap` = events of the subject before this one were not seen (`after` is the last that was).
 */
export type Outcome = { result: 'handled' | 'known' } | { result: 'gap'; after: number };

/** Of a row that stands for the consumer itself: its cursor. */
const CURSOR = '';

/**
 * One row for each subject: the version that was handled last. It is changed in the transaction of the effect, so that an event that is delivered
 * twice has one effect, and a version that is not the next shows that something is missing.
 */
export class Inbox {
  private readonly table: string;

  constructor(
    private readonly options: InboxOptions,
    private readonly consumer: string,
  ) {
    this.table = options.table ?? 'auth_inbox';
    if (!TABLE.test(this.table)) throw new Error(`"${this.table}" cannot be the name of an inbox table`);
  }

  async prepare(): Promise<void> {
    const { rows } = await this.options.pool.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
      this.table,
    ]);
    if (rows[0]?.found) return;
    // Two that start at once: `IF NOT EXISTS` alone can still fail for the second.
    await this.options.pool.query(
      `SELECT pg_advisory_xact_lock(hashtext('auth_inbox'));
       CREATE TABLE IF NOT EXISTS ${this.table} (
         consumer text NOT NULL,
         subject text NOT NULL,
         version bigint NOT NULL,
         sequence text NOT NULL,
         handled_at timestamptz NOT NULL DEFAULT now(),
         PRIMARY KEY (consumer, subject)
       )`,
    );
  }

  /** @param acceptGap go on although earlier versions are missing. */
  async handle(
    event: AuthEvent,
    replayed: boolean,
    handler: EventHandler | undefined,
    acceptGap: boolean,
  ): Promise<Outcome> {
    return this.transaction(async (client) => {
      const last = await this.lastVersion(client, event.subject);
      if (event.subjectversion <= last) return { result: 'known' };
      if (event.subjectversion > last + 1 && !acceptGap) return { result: 'gap', after: last };
      if (!(await this.advance(client, event, last))) return { result: 'gap', after: last };
      await handler?.(event, { client, replayed });
      return { result: 'handled' };
    });
  }

  /** Where reading by HTTP goes on (`after`), and when this consumer first started (`since`). */
  async cursor(): Promise<{ after?: string; since: Date }> {
    const { rows } = await this.options.pool.query<{ sequence: string; handled_at: Date }>(
      `INSERT INTO ${this.table} (consumer, subject, version, sequence) VALUES ($1, '${CURSOR}', 0, '')
       ON CONFLICT (consumer, subject) DO UPDATE SET version = 0 RETURNING sequence, handled_at`,
      [this.consumer],
    );
    return { after: rows[0]?.sequence || undefined, since: new Date(rows[0]!.handled_at) };
  }

  async moveCursor(sequence: string): Promise<void> {
    await this.options.pool.query(
      `UPDATE ${this.table} SET sequence = $2 WHERE consumer = $1 AND subject = '${CURSOR}' AND sequence < $2`,
      [this.consumer, sequence],
    );
  }

  private async lastVersion(client: PoolClient, subject: string): Promise<number> {
    const { rows } = await client.query<{ version: string }>(
      `SELECT version FROM ${this.table} WHERE consumer = $1 AND subject = $2 FOR UPDATE`,
      [this.consumer, subject],
    );
    return Number(rows[0]?.version ?? 0);
  }

  /** False when another process of this consumer was faster. */
  private async advance(client: PoolClient, event: AuthEvent, last: number): Promise<boolean> {
    const { rowCount } = await client.query(
      `INSERT INTO ${this.table} AS i (consumer, subject, version, sequence) VALUES ($1, $2, $3, $4)
       ON CONFLICT (consumer, subject) DO UPDATE
       SET version = excluded.version, sequence = excluded.sequence, handled_at = now() WHERE i.version = $5`,
      [this.consumer, event.subject, event.subjectversion, event.sequence, last],
    );
    return rowCount === 1;
  }

  private async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.options.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
