import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { EVENTS_STREAM, eventSubject } from '@usher/contracts/events/streams';
import type { Resources } from '@usher/runtime/resources';
import { connectNats } from '@usher/messaging/connect';
import { eventually } from '@usher/testing/eventually';
import pg from 'pg';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { appendEvents, startEvents } from '../events-service.fixture.js';

let nats: TestNats;
let database: TestDatabase;
let events: Resources;

beforeAll(async () => void (nats = await startNats()));
afterAll(() => nats.stop());
beforeEach(async () => {
  database = await cloneDatabase();
  events = await startEvents(database.url, nats.url);
});
afterEach(async () => {
  await (await jetstreamManager(events.nats)).streams.delete(EVENTS_STREAM).catch(() => undefined);
  await events.close();
  await database.drop();
});

/** The whole stream, once it holds `count` messages. */
async function stored(connection: NatsConnection, count: number): Promise<JsMsg[]> {
  await eventually(() => connection.rtt());
  const manager = await jetstreamManager(connection);
  await eventually(async () => (await manager.streams.info(EVENTS_STREAM)).state.messages >= count, {
    timeoutMs: 10_000,
    what: `${count} messages`,
  });
  const consumer = await jetstream(connection).consumers.get(EVENTS_STREAM);
  const found: JsMsg[] = [];
  for await (const message of await consumer.fetch({ max_messages: count, expires: 5_000 })) found.push(message);
  return found;
}

const sequences = (messages: JsMsg[]): number[] => messages.map((m) => Number(m.headers!.get('ce-sequence')));
const oneTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('publishing', () => {
  it('puts each event in the stream, in order, as a binary CloudEvent', async () => {
    const user = randomUUID();
    await appendEvents(events.database, events.nats, user, 3);

    const messages = await stored(events.nats, 3);

    expect(sequences(messages)).toEqual([1, 2, 3]);
    expect(messages.map((m) => m.headers!.get('ce-subjectversion'))).toEqual(['1', '2', '3']);
    const [first] = messages;
    expect(first!.subject).toBe(eventSubject('auth.events', 'user.updated', user));
    expect(first!.headers!.get('Nats-Msg-Id')).toBe(first!.headers!.get('ce-id'));
    expect(Object.fromEntries([...first!.headers!].map(([name, values]) => [name, values[0]]))).toMatchObject({
      'ce-specversion': '1.0',
      'ce-type': 'auth.user.updated',
      'ce-source': 'http://auth.example/auth/v1',
      'ce-subject': user,
      'ce-sequence': '00000000000000000001',
      'ce-origin': 'api',
      'ce-actortype': 'system',
      'content-type': 'application/json',
    });
    expect(first!.json()).toMatchObject({ record: { id: user, n: 0 }, context: { ip: '192.0.2.1' } });
  });

  it('fills a deleted stream again', async () => {
    await appendEvents(events.database, events.nats, randomUUID(), 5);
    await stored(events.nats, 5);
    await (await jetstreamManager(events.nats)).streams.delete(EVENTS_STREAM);
    await appendEvents(events.database, events.nats, randomUUID(), 2);

    expect(sequences(await stored(events.nats, 7))).toEqual(oneTo(7));
  });

  it('fills a purged stream again although the server remembers the ids', async () => {
    await appendEvents(events.database, events.nats, randomUUID(), 600);
    await stored(events.nats, 600);
    await events.close();
    const purger = await connectNats({ servers: nats.url, name: 'purger' });
    await (await jetstreamManager(purger)).streams.purge(EVENTS_STREAM);
    await purger.close();
    events = await startEvents(database.url, nats.url);

    expect(sequences(await stored(events.nats, 600))).toEqual(oneTo(600));
  });

  it('goes on after NATS was restarted, and in the same order', async () => {
    const user = randomUUID();
    await appendEvents(events.database, events.nats, user, 10);
    await stored(events.nats, 10);
    const restarted = nats.restart();
    await appendEvents(events.database, events.nats, user, 10);
    await restarted;

    expect(sequences(await stored(events.nats, 20))).toEqual(oneTo(20));
  });

  it('is led by one of several services on a database and a NATS', async () => {
    const second = await startEvents(database.url, nats.url);
    const users = Array.from({ length: 4 }, () => randomUUID());
    await Promise.all(users.map((user) => appendEvents(events.database, events.nats, user, 25)));
    await stored(events.nats, 100);
    await events.close();
    await Promise.all(users.map((user) => appendEvents(second.database, second.nats, user, 25)));
    events = second;

    const messages = await stored(second.nats, 200);

    expect(sequences(messages)).toEqual(oneTo(200));
    expect(new Set(messages.map((m) => m.headers!.get('ce-id'))).size).toBe(200);
  });

  it('fills the stream of each NATS when services of one database have their own', async () => {
    const another = await startNats();
    const second = await startEvents(database.url, another.url);
    try {
      await appendEvents(events.database, events.nats, randomUUID(), 5);

      expect(sequences(await stored(events.nats, 5))).toEqual(oneTo(5));
      expect(sequences(await stored(second.nats, 5))).toEqual(oneTo(5));
    } finally {
      await second.close();
      await another.stop();
    }
  });

  it('leaves a stream of another database alone', async () => {
    await appendEvents(events.database, events.nats, randomUUID(), 2);
    await stored(events.nats, 2);
    const foreign = await cloneDatabase();
    // The copies of one template have the same feed.
    const admin = new pg.Client({ connectionString: foreign.adminUrl });
    await admin.connect();
    await admin.query('UPDATE auth_events.feed_state SET feed_id = gen_random_uuid()');
    await admin.end();
    const intruder = await startEvents(foreign.url, nats.url);
    await appendEvents(intruder.database, intruder.nats, randomUUID(), 9);
    await intruder.close();
    await foreign.drop();
    await appendEvents(events.database, events.nats, randomUUID(), 1);

    expect(sequences(await stored(events.nats, 3))).toEqual([1, 2, 3]);
  });
});
