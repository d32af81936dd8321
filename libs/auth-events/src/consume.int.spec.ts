import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { startHttpSink } from '@usher/testing/http-sink';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { eventually } from '@usher/testing/eventually';
import pg from 'pg';
import type { AuthEvent } from './auth-event.js';
import { consume } from './consume.js';
import type { Consumer, ConsumeOptions, Gap } from './options.js';

let nats: TestNats;
let database: TestDatabase;
let pool: pg.Pool;
let connection: NatsConnection;
let consumer: Consumer | undefined;
let position = 0;

beforeAll(async () => {
  [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  pool = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
  await pool.query('CREATE TABLE effects (n serial, id text, subject text, version int)');
  connection = await connect({ servers: `127.0.0.1:${nats.port}`, ...nats.credentials });
});
afterAll(async () => {
  await connection.close();
  await pool.end();
  await Promise.all([nats.stop(), database.drop()]);
});
beforeEach(async () => {
  await (await jetstreamManager(connection)).streams.add({ name: 'AUTH_EVENTS', subjects: ['auth.events.>'] });
});
afterEach(async () => {
  await consumer?.stop();
  consumer = undefined;
  await (await jetstreamManager(connection)).streams.delete('AUTH_EVENTS').catch(() => undefined);
  await pool.query('DROP TABLE IF EXISTS auth_inbox; TRUNCATE effects');
});

function eventOf(subject: string, version: number, type = 'user.updated'): AuthEvent {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'http://auth.example',
    type: `auth.${type}` as AuthEvent['type'],
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'http://auth.example/events/schemas/v1/user.updated.json',
    sequence: String(++position).padStart(20, '0'),
    subjectversion: version,
    actortype: 'system',
    origin: 'api',
    data: { record: { name: 'Zoë' }, previous: null, changed: [], context: {} },
  };
}

function publish({ data, datacontenttype: _, ...attributes }: AuthEvent): void {
  const h = headers();
  for (const [name, value] of Object.entries(attributes)) h.set(`ce-${name}`, encodeURIComponent(String(value)));
  connection.publish(`auth.events.p00.${attributes.type.slice(5)}`, JSON.stringify(data), { headers: h });
}

const handler: ConsumeOptions['handler'] = async (event, { client }) => {
  await client.query('INSERT INTO effects (id, subject, version) VALUES ($1, $2, $3)', [
    event.id,
    event.subject,
    event.subjectversion,
  ]);
};

const options = (durable: string): ConsumeOptions => ({ servers: nats.url, durable, inbox: { pool }, handler });

async function effects(count: number): Promise<{ subject: string; version: number }[]> {
  return eventually(
    async () => {
      const { rows } = await pool.query<{ subject: string; version: number }>('SELECT * FROM effects ORDER BY n');
      return rows.length >= count ? rows : undefined;
    },
    { timeoutMs: 10_000, what: `${count} effects` },
  );
}

describe('consume from NATS', () => {
  it('handles each event once although it is published twice', async () => {
    const user = randomUUID();
    const events = [1, 2, 3].map((version) => eventOf(user, version));
    [...events, ...events, eventOf(user, 4)].forEach(publish);
    consumer = await consume(options('twice'));

    expect((await effects(4)).map((row) => row.version)).toEqual([1, 2, 3, 4]);
  });

  it('lets later events of a user wait for one that fails, and nobody else', async () => {
    const [ada, ben] = [randomUUID(), randomUUID()];
    let failures = 2;
    publish(eventOf(ada, 1));
    publish(eventOf(ada, 2));
    publish(eventOf(ben, 1));
    consumer = await consume({
      ...options('fails'),
      handler: async (event, delivery) => {
        await handler(event, delivery);
        if (event.subject === ada && event.subjectversion === 1 && failures-- > 0) throw new Error('not yet');
      },
    });

    expect((await effects(3)).map(({ subject, version }) => [subject, version])).toEqual([
      [ben, 1],
      [ada, 1],
      [ada, 2],
    ]);
  });

  it('tells of versions that are gone, and goes on', async () => {
    const user = randomUUID();
    const gaps: Gap[] = [];
    publish(eventOf(user, 1));
    publish(eventOf(user, 4));
    consumer = await consume({ ...options('gap'), onGap: (gap) => gaps.push(gap) });

    expect((await effects(2)).map((row) => row.version)).toEqual([1, 4]);
    expect(gaps).toEqual([{ subject: user, after: 1, before: 4 }]);
  });

  it('hands over the wanted types only and still sees no gap', async () => {
    const user = randomUUID();
    const gaps: Gap[] = [];
    [eventOf(user, 1), eventOf(user, 2, 'session.created'), eventOf(user, 3)].forEach(publish);
    consumer = await consume({ ...options('types'), types: ['user.updated'], onGap: (gap) => gaps.push(gap) });

    expect((await effects(2)).map((row) => row.version)).toEqual([1, 3]);
    expect(gaps).toEqual([]);
  });

  it('goes on where it was, and knows the past from the present', async () => {
    const user = randomUUID();
    const seen: boolean[] = [];
    const watch = {
      ...options('again'),
      handler: (_: AuthEvent, { replayed }: { replayed: boolean }) => void seen.push(replayed),
    };
    publish(eventOf(user, 1));
    await connection.flush();
    consumer = await consume(watch);
    await eventually(() => seen.length === 1);
    await consumer.stop();
    consumer = await consume(watch);
    publish(eventOf(user, 2));
    await eventually(() => seen.length === 2);

    expect(seen).toEqual([true, false]);
  });

  it('survives that the stream is deleted and filled anew', async () => {
    const user = randomUUID();
    const events = [1, 2].map((version) => eventOf(user, version));
    events.forEach(publish);
    consumer = await consume(options('anew'));
    await effects(2);
    const manager = await jetstreamManager(connection);
    await manager.streams.delete('AUTH_EVENTS');
    await manager.streams.add({ name: 'AUTH_EVENTS', subjects: ['auth.events.>'] });
    [...events, eventOf(user, 3)].forEach(publish);

    expect((await effects(3)).map((row) => row.version)).toEqual([1, 2, 3]);
  }, 20_000);
});

describe('consume by HTTP', () => {
  it('walks the pages, tries again what failed and keeps its cursor', async () => {
    const user = randomUUID();
    const events = [1, 2, 3].map((version) => eventOf(user, version));
    const feed = await startHttpSink();
    feed.answer(({ path }) => {
      const after = new URL(path, 'http://feed').searchParams.get('after') ?? '';
      const data = events.filter((event) => event.sequence > after).slice(0, 2);
      const cursor = data.at(-1)?.sequence ?? after;
      return { body: { data, cursor, has_more: cursor < events[2]!.sequence } };
    });
    let failures = 1;
    consumer = await consume({
      url: feed.url,
      key: 'secret',
      pollMs: 50,
      durable: 'http',
      inbox: { pool },
      handler: async (event, delivery) => {
        await handler(event, delivery);
        if (event.subjectversion === 2 && failures-- > 0) throw new Error('not yet');
      },
    });

    expect((await effects(3)).map((row) => row.version)).toEqual([1, 2, 3]);
    await feed.waitForRequest(({ path }) => path.includes(`after=${events[2]!.sequence}`));
    expect(feed.requests[0]!.headers).toMatchObject({ authorization: 'Bearer secret', apikey: 'secret' });
    await consumer.stop();
    await feed.stop();
  });
});
