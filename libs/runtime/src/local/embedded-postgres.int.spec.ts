import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { eventually } from '@usher/testing/eventually';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { prepareDatabase } from './prepare-database.js';

const asRoot = process.getuid?.() === 0;
const started: EmbeddedPostgres[] = [];
let folder: string;

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined, ...options });
  started.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<pg.QueryResult['rows']> {
  const client = new pg.Client({ connectionString: url });
  // A server that ends says so outside of any query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'usher-postgres-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

describe('the embedded PostgreSQL', () => {
  it('keeps its data and its password from one start to the next', async () => {
    const first = await start();
    await query(first.url, `create table kept as select 'Ä' as letter`);
    await first.stop();
    const second = await start();
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.password).toBe(first.password);
    expect(await query(second.url, 'select lower(letter) from kept')).toEqual([{ lower: 'ä' }]);
  });

  it('lets nobody in without the password, and keeps that to its owner', async () => {
    const { url } = await start();
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(statSync(path.join(folder, 'password')).mode & 0o777).toBe(0o600);
  });

  it('is prepared as a Supabase stack prepares it, more than once', async () => {
    const { url } = await start();
    await prepareDatabase(url, { database: 'app', password: 'a/b@c' });
    const own = await prepareDatabase(url, { database: 'app', password: 'a/b@c' });
    expect(await query(own, 'select current_user, current_setting($$search_path$$) as path')).toEqual([
      { current_user: 'supabase_auth_admin', path: 'auth' },
    ]);
    await query(own, 'create schema ours; create table auth.t (id uuid default gen_random_uuid())');
  });

  it('says so when its port is in use', async () => {
    const { port } = await start();
    const other = path.join(folder, 'other');
    await expect(start({ port, dataDir: other })).rejects.toThrow(
      `Port ${port} is in use by another program, so the embedded PostgreSQL cannot start.`,
    );
  });

  it('says so when its data is in use', async () => {
    await start();
    await expect(start()).rejects.toThrow(
      /^The database in .* is already in use by another process: stop that one first\.$/,
    );
  });

  it('says so when the data is of another version', async () => {
    await (await start()).stop();
    writeFileSync(path.join(folder, 'cluster/PG_VERSION'), '9.6\n');
    await expect(start()).rejects.toThrow(
      /was made by PostgreSQL 9\.6, this is \d+: remove the folder to begin anew\.$/,
    );
  });

  it('begins anew after an interrupted first start', async () => {
    mkdirSync(path.join(folder, 'cluster.new/base'), { recursive: true });
    expect((await start()).created).toBe(true);
  });

  it('tells its owner when it ends by itself', async () => {
    const server = await start();
    const gone = server.exited;
    await query(server.url, `copy (select 1) to program 'kill -INT $(head -n 1 postmaster.pid)'`).catch(
      () => undefined,
    );
    await gone;
    await server.stop();
  });

  (asRoot ? it : it.skip)('runs for root below a folder that is closed to everybody else', async () => {
    chmodSync(folder, 0o700);
    const first = await start();
    await first.stop();
    const second = await start();
    const [process] = await eventually(() => query(second.url, 'select pg_postmaster_start_time() as since'));
    expect(process).toHaveProperty('since');
  });
});
