import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FeedDigest } from '@usher/contracts/events/digest';
import { digestFeed } from '@usher/contracts/events/digest.contract';
import { readSnapshot, type SubjectState } from '@usher/contracts/events/snapshot.contract';
import { feedStats } from '@usher/contracts/events/stats.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import type { Resources } from '@usher/runtime/resources';
import { eventually } from '@usher/testing/eventually';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { appendEvents, CONTEXT, startEvents } from '../events-service.fixture.js';

let nats: TestNats;
let database: TestDatabase;
let events: Resources;
let rpc: RpcClient;
const [withEvents, adopted, gone] = [randomUUID(), randomUUID(), randomUUID()];

beforeAll(async () => {
  [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  events = await startEvents(database.url, nats.url);
  rpc = new RpcClient(events.nats, 5_000);
  for (const id of [withEvents, adopted])
    await events.database.pool.query(
      `INSERT INTO users (id, aud, role, email, encrypted_password, created_at) VALUES ($1, 'authenticated', 'authenticated', $2, 'a hash', now())`,
      [id, `${id}@example.org`],
    );
  await appendEvents(events.database, events.nats, withEvents, 3);
  await appendEvents(events.database, events.nats, gone, 2);
  await eventually(async () => (await rpc.call(feedStats, {}, CONTEXT)).cursor.endsWith('5'));
});
afterAll(async () => {
  await events.close();
  await Promise.all([nats.stop(), database.drop()]);
});

async function all(limit: number): Promise<SubjectState[]> {
  const states: SubjectState[] = [];
  for (let more = true; more;) {
    const page = await rpc.call(readSnapshot, { after: states.at(-1)?.subject, limit }, CONTEXT);
    states.push(...page.data);
    more = page.has_more;
  }
  return states;
}

describe('the snapshot', () => {
  it('has every subject once with its version, and users as clients see them, whatever the size of a page', async () => {
    for (const limit of [1, 2, 3, 500]) {
      const states = await all(limit);
      expect(states.map(({ subject, version }) => [subject, version])).toEqual(
        [
          [withEvents, 3],
          [adopted, 0],
          [gone, 2],
        ].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      );
      const user = states.find(({ subject }) => subject === withEvents)!.record;
      expect(user).toMatchObject({ id: withEvents, email: `${withEvents}@example.org`, identities: [] });
      expect(JSON.stringify(user)).not.toContain('a hash');
      expect(states.find(({ subject }) => subject === gone)!.record).toBeNull();
    }
  });

  it('loses no change between itself and what comes after its cursor', async () => {
    let writing = true;
    const users = Array.from({ length: 20 }, () => randomUUID());
    const writers = users.map(async (user) => {
      while (writing) await appendEvents(events.database, events.nats, user);
    });
    const { cursor } = await rpc.call(readSnapshot, { limit: 1 }, CONTEXT);
    const versions = new Map((await all(5)).map(({ subject, version }) => [subject, version]));
    writing = false;
    await Promise.all(writers);
    const { rows } = await events.database.pool.query<{ subject_id: string; version: number }>(
      'SELECT subject_id, version FROM auth_events.outbox WHERE position IS NULL OR position > $1 ORDER BY inserted',
      [Number(cursor)],
    );
    for (const { subject_id, version } of rows) {
      const known = versions.get(subject_id) ?? 0;
      if (version <= known) continue;
      expect(version).toBe(known + 1);
      versions.set(subject_id, version);
    }
    const { rows: truth } = await events.database.pool.query<{ subject_id: string; version: number }>(
      'SELECT subject_id, version FROM auth_events.subjects',
    );
    for (const { subject_id, version } of truth) expect(versions.get(subject_id)).toBe(version);
  });

  it('refuses what is no page', async () => {
    await expect(rpc.call(readSnapshot, { after: "x' --" }, CONTEXT)).rejects.toMatchObject({ status: 400 });
    await expect(rpc.call(readSnapshot, { limit: 0 }, CONTEXT)).rejects.toMatchObject({ status: 400 });
  });
});

describe('the digest', () => {
  it('is that of all versions', async () => {
    const { rows } = await events.database.pool.query<{ subject_id: string; version: number }>(
      'SELECT subject_id, version FROM auth_events.subjects',
    );
    const expected = new FeedDigest();
    for (const { subject_id, version } of rows) expected.add(subject_id, version);
    expect((await rpc.call(digestFeed, {}, CONTEXT)).partitions).toEqual(expected.partitions());
  });
});

describe('the statistics', () => {
  it('come to rest once everything is published, and tell of consumers', async () => {
    const stats = await eventually(async () => {
      const found = await rpc.call(feedStats, {}, CONTEXT);
      return found.outbox.unpublished === 0 && found.outbox.unnumbered === 0 ? found : undefined;
    });
    expect(stats).toMatchObject({ outbox: { oldest_seconds: 0 }, endpoints: [], consumers: [], dead_letters: 0 });
  });
});
