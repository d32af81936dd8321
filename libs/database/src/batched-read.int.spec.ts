import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { BatchedRead } from './batched-read.js';
import { connectDatabase } from './connect.js';
import type { Database, Queryable } from './database.js';
import { statement } from './statement.js';

let clone: TestDatabase;
let database: Database;
let queries = 0;
beforeAll(async () => {
  clone = await cloneDatabase();
  database = connectDatabase({
    url: clone.url,
    namespace: 'auth',
    maxConnections: 5,
    applicationName: 'test',
    namedStatements: true,
    onIdleError: () => undefined,
  });
});
afterAll(async () => {
  await database.pool.end();
  await clone.drop();
});

const counted = (): Queryable => ({
  rows: (s, v) => {
    queries++;
    return database.rows(s, v);
  },
  first: (s, v) => database.first(s, v),
  run: (s, v) => database.run(s, v),
});

const even = statement<{ asked: number; half: number }>(
  'test.even',
  `SELECT q.asked, q.n / 2 AS half FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS q(n, label, asked) WHERE q.n % 2 = 0`,
);

describe('batched reads', () => {
  it('give everyone their own row, or none, with one query', async () => {
    const reads = new BatchedRead(counted(), even);
    queries = 0;
    const rows = await Promise.all([4, 3, 4, 10].map((n) => reads.read(n, null)));
    expect(rows.map((row) => row?.half)).toEqual([2, undefined, 2, 5]);
    expect(queries).toBe(1);
  });

  it('do not wait for more than 64', async () => {
    const reads = new BatchedRead(counted(), even);
    queries = 0;
    const rows = await Promise.all(Array.from({ length: 130 }, (_, n) => reads.read(n * 2, 'x')));
    expect(rows.map((row) => row?.half)).toEqual(Array.from({ length: 130 }, (_, n) => n));
    expect(queries).toBe(3);
  });

  it('fail together, and work again afterwards', async () => {
    const reads = new BatchedRead(counted(), even);
    const outcomes = await Promise.allSettled([reads.read('not a number', null), reads.read(2, null)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await reads.read(2, null)).toMatchObject({ half: 1 });
  });
});
