import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthEvent } from '@usher/auth-events';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import pg from 'pg';
import { createProfilesTable, keepProfile } from './profiles.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.adminUrl });
  await createProfilesTable(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function hear(type: string, subject: string, record: object): Promise<unknown[]> {
  const client = await pool.connect();
  const event = { type, subject, time: '2026-11-24T10:00:00Z', data: { record } } as unknown as AuthEvent;
  await keepProfile(event, { client, replayed: false });
  client.release();
  return (await pool.query('SELECT email, full_name, avatar_url FROM public.profiles WHERE id = $1', [subject])).rows;
}

describe('public.profiles', () => {
  it('follows a user from sign-up to deletion', async () => {
    const user = randomUUID();
    const ada = { email: 'ada@example.com', user_metadata: { full_name: 'Ada', avatar_url: 'http://a/1.png' } };

    expect(await hear('auth.user.created', user, ada)).toEqual([
      { email: 'ada@example.com', full_name: 'Ada', avatar_url: 'http://a/1.png' },
    ]);
    expect(await hear('auth.user.updated', user, { email: '', user_metadata: { full_name: 7 } })).toEqual([
      { email: null, full_name: null, avatar_url: null },
    ]);
    expect(await hear('auth.session.created', user, {})).toHaveLength(1);
    expect(await hear('auth.user.deleted', user, ada)).toEqual([]);
  });
});
