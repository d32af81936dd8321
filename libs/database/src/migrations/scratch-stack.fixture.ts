import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@usher/runtime/local/embedded-postgres';
import { prepareDatabase } from '@usher/runtime/local/prepare-database';
import pg from 'pg';

export interface ScratchDatabase {
  /** As supabase_auth_admin. */
  url: string;
  /** As superuser. */
  adminUrl: string;
}

/** A PostgreSQL for one test file, whose databases are as a Supabase stack prepares them: nothing is migrated yet. */
export interface ScratchStack {
  database(): Promise<ScratchDatabase>;
  stop(): Promise<void>;
}

export async function startScratchStack(): Promise<ScratchStack> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'usher-migrations-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, log: () => undefined });
  let count = 0;
  return {
    async database() {
      const database = `scratch_${++count}`;
      const url = await prepareDatabase(server.adminUrl, { database, password: 'root' });
      return { url, adminUrl: server.adminUrl.replace(/\/postgres$/, `/${database}`) };
    },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs SQL on a connection of its own; the rows of the last statement. */
export async function execute(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results = [await client.query(sql)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
