import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listEvents, type EventPage, type ListEventsInput } from '@usher/contracts/events/feed.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import type { Resources } from '@usher/runtime/resources';
import { eventually } from '@usher/testing/eventually';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { appendEvents, CONTEXT, startEvents } from '../events-service.fixture.js';

let nats: TestNats;
let database: TestDatabase;
let events: Resources;
let list: (input: ListEventsInput) => Promise<EventPage>;
const [ada, ben] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  events = await startEvents(database.url, nats.url);
  const rpc = new RpcClient(events.nats, 5_000);
  list = (input) => rpc.call(listEvents, input, CONTEXT);
  await appendEvents(events.database, events.nats, ada, 6);
  await appendEvents(events.database, events.nats, ben, 4);
  await eventually(async () => (await list({})).data.length === 10);
});
afterAll(async () => {
  await events.close();
  await Promise.all([nats.stop(), database.drop()]);
});

const positions = (page: EventPage): number[] => page.data.map((event) => Number(event.sequence));

describe('the feed', () => {
  it('is walked in pages by its cursor', async () => {
    const first = await list({ limit: 4 });
    const second = await list({ limit: '4', after: first.cursor });
    const third = await list({ limit: 4, after: second.cursor });

    expect([first, second, third].map(positions)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10],
    ]);
    expect([first, second, third].map((page) => page.has_more)).toEqual([true, true, false]);
    expect(third.cursor).toBe('00000000000000000010');
    expect(await list({ after: third.cursor })).toEqual({ data: [], cursor: third.cursor, has_more: false });
  });

  it('gives whole CloudEvents', async () => {
    const { data } = await list({ limit: 1 });

    expect(data[0]).toMatchObject({
      specversion: '1.0',
      source: 'http://auth.example/auth/v1',
      type: 'auth.user.updated',
      subject: ada,
      subjectversion: 1,
      datacontenttype: 'application/json',
      dataschema: 'http://auth.example/auth/v1/events/schemas/v1/user.updated.json',
      sequence: '00000000000000000001',
      actortype: 'system',
      origin: 'api',
      data: { record: { id: ada, n: 0 }, previous: null, changed: [], context: { user_agent: 'test "agent" é' } },
    });
  });

  it('can be narrowed to a subject and to types', async () => {
    expect(positions(await list({ subject: ben }))).toEqual([7, 8, 9, 10]);
    expect(positions(await list({ subject: ben, limit: 2, after: '8' }))).toEqual([9, 10]);
    expect(positions(await list({ type: 'auth.user.*', limit: 2 }))).toEqual([1, 2]);
    expect(await list({ type: 'session.created' })).toEqual({
      data: [],
      cursor: '00000000000000000010',
      has_more: false,
    });
  });

  it.each([
    [{ after: 'yesterday' }],
    [{ after: '11' }],
    [{ after: '99999999999999999999' }],
    [{ limit: 0 }],
    [{ limit: 1001 }],
    [{ limit: 'x' }],
    [{ type: "user'; --" }],
    [{ subject: 'ada' }],
  ])('refuses %j', async (input) => {
    await expect(list(input)).rejects.toMatchObject({ status: 400, code: 'validation_failed' });
  });

  it('says when events after the cursor are gone', async () => {
    await events.database.pool.query('DELETE FROM auth_events.outbox WHERE position <= 3');

    await expect(list({ after: '2' })).rejects.toMatchObject({ status: 410, code: 'events_cursor_expired' });
    expect(positions(await list({ after: '3', limit: 1 }))).toEqual([4]);
    expect(positions(await list({ limit: 1 }))).toEqual([4]);
  });
});
