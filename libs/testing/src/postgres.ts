import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '@usher/database/migrations/migrate';
import { startEmbeddedPostgres } from '@usher/runtime/local/embedded-postgres';
import { prepareDatabase } from '@usher/runtime/local/prepare-database';
import { testServers } from './test-servers.js';

export interface TestPostgres {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  stop(): Promise<void>;
}

export interface TestDatabase {
  name: string;
  /** As supabase_auth_admin, the way the product connects. */
  url: string;
  /** As superuser. */
  adminUrl: string;
  /** Ends every connection to it, too. */
  drop(): Promise<void>;
}

const MIGRATED = 'usher_migrated';
const PREPARED = 'usher_prepared';
const PASSWORD = 'test-password';

const UNSAFE_AND_FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_init_zero: 'off',
  max_connections: '400',
};

const TWO_GIGABYTES = 2 ** 31;

/** One PostgreSQL with two template databases: one as a Supabase stack prepares it, one that is migrated as well. */
export async function startPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(path.join(await roomyFolder(), 'usher-test-postgres-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: UNSAFE_AND_FAST, log: () => undefined });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await prepareDatabase(server.url, { database: PREPARED, password: PASSWORD });
    await migrate({ url: await prepareDatabase(server.url, { database: MIGRATED, password: PASSWORD }) });
  } catch (error) {
    await stop();
    throw error;
  }
  return { adminUrl: server.url, stop };
}

/** Memory, if there is enough: copies of databases are made several times as fast there. */
async function roomyFolder(): Promise<string> {
  try {
    const { bavail, bsize } = await statfs('/dev/shm');
    return bavail * bsize > TWO_GIGABYTES ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A migrated database of its own for a test file, in some 20 ms. */
export function cloneDatabase(): Promise<TestDatabase> {
  return copyOf(MIGRATED);
}

/** A database as a Supabase stack prepares it, without a single table. */
export function preparedDatabase(): Promise<TestDatabase> {
  return copyOf(PREPARED);
}

async function copyOf(template: string): Promise<TestDatabase> {
  const { postgresUrl } = testServers();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(postgresUrl, [
    `create database ${name} template ${template} strategy file_copy`,
    // Grants on a database are not copied from its template.
    `grant create on database ${name} to supabase_auth_admin`,
  ]);
  const adminUrl = new URL(postgresUrl);
  adminUrl.pathname = `/${name}`;
  const url = new URL(adminUrl);
  url.username = 'supabase_auth_admin';
  url.password = PASSWORD;
  return {
    name,
    url: url.href,
    adminUrl: adminUrl.href,
    drop: () => asAdmin(postgresUrl, [`drop database if exists ${name} with (force)`]),
  };
}

async function asAdmin(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
