import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { connectDatabase } from './connect.js';
import type { Database } from './database.js';
import { spendCredential } from './spent-credentials.js';

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await cloneDatabase();
  database = connectDatabase({
    url: clone.url,
    namespace: 'auth',
    maxConnections: 20,
    applicationName: 'test',
    namedStatements: true,
    onIdleError: () => undefined,
  });
});
afterAll(async () => {
  await database.pool.end();
  await clone.drop();
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const spend = (purpose: string, credential: string, expiresAt = inMinutes(1)) =>
  database.transaction((tx) => spendCredential(tx, purpose, credential, expiresAt));

describe('spent credentials', () => {
  it('let one of many in', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => spend('totp', 'user 1 123456')));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('tell purposes apart', async () => {
    expect(await spend('a', 'same')).toBe(true);
    expect(await spend('b', 'same')).toBe(true);
    expect(await spend('a', 'same')).toBe(false);
  });

  it('are not spent when the effect is rolled back', async () => {
    const failing = database.transaction(async (tx) => {
      await spendCredential(tx, 'a', 'rolled back', inMinutes(1));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await spend('a', 'rolled back')).toBe(true);
  });

  it('go when they have expired', async () => {
    await spend('a', 'old', inMinutes(-1));
    await spend('a', 'new');
    const { rows } = await database.pool.query(
      'SELECT count(*)::int AS n FROM auth_events.spent_credentials WHERE expires_at < now()',
    );
    expect(rows[0]).toEqual({ n: 0 });
  });
});
