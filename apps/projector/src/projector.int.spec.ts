import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableMapping } from '@usher/contracts/events/table-mapping';
import { eventually } from '@usher/testing/eventually';
import { startHttpSink, type HttpSink } from '@usher/testing/http-sink';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import pg from 'pg';
import { startProjector } from './projector.js';

let database: TestDatabase;
let pool: pg.Pool;
let feed: HttpSink;
const [ada, ben] = [randomUUID(), randomUUID()];

const mapping = tableMapping.parse({
  tables: [
    {
      table: 'public.profiles',
      columns: { email: 'email', name: 'user_metadata.name', joined: 'created_at', meta: 'user_metadata' },
    },
    { table: 'public.wallets', key: 'owner', columns: { balance: { value: 10 } }, on: 'created', onDelete: 'keep' },
  ],
});

const event = (n: number, type: string, subject: string, version: number, name: string) => ({
  id: randomUUID(),
  type: `auth.${type}`,
  subject,
  subjectversion: version,
  time: new Date().toISOString(),
  sequence: String(n).padStart(20, '0'),
  data: {
    record: { id: subject, email: '', created_at: '2026-11-25T10:00:00.5Z', user_metadata: { name } },
    previous: null,
    changed: [],
    context: {},
  },
});

beforeAll(async () => {
  [database, feed] = await Promise.all([cloneDatabase(), startHttpSink()]);
  pool = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  await pool.query(`
    CREATE TABLE public.profiles (id uuid PRIMARY KEY, email text, name text, joined timestamptz, meta jsonb, note text DEFAULT 'mine');
    CREATE TABLE public.wallets (owner uuid PRIMARY KEY, balance int)`);
  const events = [
    event(1, 'user.created', ada, 1, 'Ada'),
    event(2, 'user.created', ben, 1, 'Ben'),
    event(3, 'user.updated', ada, 2, 'Ada L.'),
    event(4, 'user.deleted', ben, 2, 'Ben'),
  ];
  feed.answer(({ path }) => {
    const after = new URL(path, 'http://feed').searchParams.get('after') ?? '';
    const data = events.filter(({ sequence }) => sequence > after);
    return { body: { data, cursor: data.at(-1)?.sequence ?? after, has_more: false } };
  });
});
afterAll(async () => {
  await pool.end();
  await Promise.all([feed.stop(), database.drop()]);
});

describe('the projector', () => {
  it('fills tables as the mapping says, and fills them anew under another name', async () => {
    const options = {
      mapping,
      databaseUrl: database.adminUrl,
      source: { url: feed.url, key: 'secret', pollMs: 50 },
      log: () => undefined,
    };
    const done = (name: string) => async () =>
      (
        await pool.query(`SELECT FROM projector_inbox WHERE consumer = $1 AND subject = $2 AND version = 2`, [
          name,
          ben,
        ])
      ).rowCount === 1;
    const first = await startProjector(options);
    await eventually(done('projector'));
    await first.stop();

    const profiles = 'SELECT id, email, name, joined, meta, note FROM profiles';
    const expected = [
      {
        id: ada,
        email: null,
        name: 'Ada L.',
        joined: new Date('2026-11-25T10:00:00.5Z'),
        meta: { name: 'Ada L.' },
        note: 'mine',
      },
    ];
    expect((await pool.query(profiles)).rows).toEqual(expected);
    expect((await pool.query('SELECT * FROM wallets')).rows.map(({ owner }) => owner as string).sort()).toEqual(
      [ada, ben].sort(),
    );

    await pool.query(`DELETE FROM profiles; UPDATE wallets SET balance = 99`);
    const again = await startProjector({ ...options, durable: 'anew' });
    await eventually(done('anew'));
    await again.stop();
    expect((await pool.query(profiles)).rows).toEqual(expected);
    expect((await pool.query('SELECT DISTINCT balance FROM wallets')).rows).toEqual([{ balance: 99 }]);
  });
});
