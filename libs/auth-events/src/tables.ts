import type { Pool, PoolClient } from 'pg';
import type { InboxOptions } from './options.js';

const NAME = /^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$/;

/** The two tables of a consumer in its own database: what was received of each subject, and what waits for a decision. */
export interface Tables {
  inbox: string;
  parked: string;
}

export function tablesOf({ table = 'auth_inbox' }: InboxOptions): Tables {
  if (!NAME.test(table)) throw new Error(`"${table}" cannot be the name of an inbox table`);
  return { inbox: table, parked: `${table}_parked` };
}

export async function createTables(pool: Pool, { inbox, parked }: Tables): Promise<void> {
  const found = await pool.query<{ all: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL AS all',
    [inbox, parked],
  );
  if (found.rows[0]?.all) return;
  // Two that start at once: `IF NOT EXISTS` alone can still fail for the second.
  await pool.query(
    `SELECT pg_advisory_xact_lock(hashtext('auth_inbox'));
     CREATE TABLE IF NOT EXISTS ${inbox} (
       consumer text NOT NULL,
       subject text NOT NULL,
       version bigint NOT NULL,
       sequence text NOT NULL,
       handled_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (consumer, subject)
     );
     CREATE TABLE IF NOT EXISTS ${parked} (
       consumer text NOT NULL,
       subject text NOT NULL,
       version bigint NOT NULL,
       event jsonb NOT NULL,
       reason text,
       attempts int NOT NULL DEFAULT 0,
       parked_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (consumer, subject, version)
     )`,
  );
}

export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
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
