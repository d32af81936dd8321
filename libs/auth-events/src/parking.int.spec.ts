import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { eventually } from '@usher/testing/eventually';
import { startHttpSink } from '@usher/testing/http-sink';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import pg from 'pg';
import type { AuthEvent } from './auth-event.js';
import { consume } from './consume.js';
import type { Consumer, ConsumeOptions } from './options.js';
import { waitFor } from './wait-for.js';

let nats: TestNats;
let database: TestDatabase;
let pool: pg.Pool;
let connection: NatsConnection;
let consumer: Consumer | undefined;
let position = 0;
let poison = true;

beforeAll(async () => {
  [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  pool = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
  await pool.query('CREATE TABLE effects (n serial, subject text, version int)');
  connection = await connect({ servers: `127.0.0.1:${nats.port}`, ...nats.credentials });
});
afterAll(async () => {
  await connection.close();
  await pool.end();
  await Promise.all([nats.stop(), database.drop()]);
});
beforeEach(async () => {
  poison = true;
  const { streams } = await jetstreamManager(connection);
  await streams.add({ name: 'AUTH_EVENTS', subjects: ['auth.events.>'] });
  await streams.add({ name: 'AUTH_DEAD_LETTERS', subjects: ['auth.dead_letters.>'] });
});
afterEach(async () => {
  await consumer?.stop();
  consumer = undefined;
  const { streams } = await jetstreamManager(connection);
  await Promise.all(['AUTH_EVENTS', 'AUTH_DEAD_LETTERS'].map((name) => streams.delete(name)));
  await pool.query('DROP TABLE IF EXISTS auth_inbox, auth_inbox_parked; TRUNCATE effects');
});

function eventOf(subject: string, version: number): AuthEvent {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'http://auth.example',
    type: 'auth.user.updated',
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'http://auth.example/events/schemas/v1/user.updated.json',
    sequence: String(++position).padStart(20, '0'),
    subjectversion: version,
    actortype: 'system',
    origin: 'api',
    data: { record: {}, previous: null, changed: [], context: {} },
  };
}

function publish({ data, datacontenttype: _, ...attributes }: AuthEvent): void {
  const h = headers();
  for (const [name, value] of Object.entries(attributes)) h.set(`ce-${name}`, encodeURIComponent(String(value)));
  connection.publish(`auth.events.p00.${attributes.type.slice(5)}`, JSON.stringify(data), { headers: h });
}

const handler: ConsumeOptions['handler'] = async ({ subject, subjectversion }, { client }) => {
  await client.query('INSERT INTO effects (subject, version) VALUES ($1, $2)', [subject, subjectversion]);
};
const failing =
  (bad: string): ConsumeOptions['handler'] =>
  async (event, delivery) => {
    await handler(event, delivery);
    if (poison && event.subject === bad && event.subjectversion === 2) throw new Error('no "row" for 100 % of it');
  };

async function effectsOf(subject: string, count: number): Promise<number[]> {
  const query = 'SELECT version FROM effects WHERE subject = $1 ORDER BY n';
  return eventually(async () => {
    const { rows } = await pool.query<{ version: number }>(query, [subject]);
    return rows.length >= count ? rows.map((row) => row.version) : undefined;
  });
}

describe('an event that cannot be handled', () => {
  it('is parked with its reason, holds up its own user only, and goes on after a decision', async () => {
    const [ada, ben] = [randomUUID(), randomUUID()];
    [eventOf(ada, 1), eventOf(ada, 2), eventOf(ben, 1), eventOf(ada, 3), eventOf(ben, 2)].forEach(publish);
    const given: string[] = [];
    consumer = await consume({
      servers: nats.url,
      durable: 'crm',
      inbox: { pool },
      maxAttempts: 2,
      handler: failing(ada),
      onDeadLetter: ({ reason }) => given.push(reason),
    });

    expect(await effectsOf(ben, 2)).toEqual([1, 2]);
    await eventually(async () => (await consumer!.stats()).parked_events === 2);
    expect(await effectsOf(ada, 1)).toEqual([1]);
    expect(given).toEqual(['no "row" for 100 % of it']);
    expect(await consumer.parked()).toMatchObject([{ subject: ada, version: 2, attempts: 2, behind: 1 }]);
    await expect(waitFor(`${ada}:3`, { durable: 'crm', inbox: { pool } })).rejects.toThrow('has parked');

    const letters = await jetstream(connection).consumers.get('AUTH_DEAD_LETTERS');
    const letter = await letters.next({ expires: 5_000 });
    expect(letter?.subject).toBe('auth.dead_letters.crm');
    expect(letter?.headers?.get('ce-subject')).toBe(ada);
    expect(decodeURIComponent(letter?.headers?.get('usher-reason') ?? '')).toBe('no "row" for 100 % of it');

    const ask = async (action: string): Promise<unknown> =>
      (await connection.request(`auth.consumers.crm.${action}`, JSON.stringify({ subject: ada }))).json();
    expect(await ask('retry')).toEqual({ handled: 0, parked: 2, error: 'no "row" for 100 % of it' });
    poison = false;
    expect(await ask('retry')).toEqual({ handled: 2, parked: 0 });
    expect(await effectsOf(ada, 3)).toEqual([1, 2, 3]);
    expect(await ask('stats')).toMatchObject({ consumer: 'crm', lag: 0, parked_subjects: 0 });
  });

  it('can be skipped', async () => {
    const ada = randomUUID();
    [1, 2, 3].forEach((version) => publish(eventOf(ada, version)));
    consumer = await consume({
      servers: nats.url,
      durable: 'skips',
      inbox: { pool },
      maxAttempts: 1,
      handler: failing(ada),
    });
    await eventually(async () => (await consumer!.stats()).parked_events === 2);

    expect(await consumer.drop(ada)).toEqual({ handled: 1, parked: 0 });
    publish(eventOf(ada, 4));
    expect(await effectsOf(ada, 3)).toEqual([1, 3, 4]);
  });
});

describe('waitFor', () => {
  it('waits until the consumer has passed the cursor of a write', async () => {
    const ada = randomUUID();
    const target = { durable: 'waits', inbox: { pool } };
    consumer = await consume({ servers: nats.url, ...target, handler });
    const waiting = waitFor(`${ada}:2`, target);
    [1, 2].forEach((version) => publish(eventOf(ada, version)));

    await waiting;
    expect(await effectsOf(ada, 2)).toEqual([1, 2]);
    await waitFor(null, target);
    await expect(waitFor(`${ada}:9`, target, { timeoutMs: 50 })).rejects.toThrow('has not passed');
    await expect(waitFor("x'; drop", target)).rejects.toThrow('is no cursor');
  });
});

describe('bootstrap', () => {
  it('loads the last state of every user, then goes on with what came later', async () => {
    const [ada, ben, gone] = [randomUUID(), randomUUID(), randomUUID()];
    const events = [eventOf(ada, 4), eventOf(ben, 1)];
    const source = await startHttpSink();
    let cutOff = true;
    source.answer(({ path }) => {
      if (!path.startsWith('/events/snapshot'))
        return { body: { data: events, cursor: events[1]!.sequence, has_more: false } };
      const lines = [
        { cursor: '00000000000000000009' },
        { subject: ada, version: 3, record: { id: ada, email: 'ada@example.com' } },
        { subject: gone, version: 7, record: null },
        ...(cutOff ? [] : [{ count: 2 }]),
      ];
      cutOff = false;
      return { body: lines.map((line) => JSON.stringify(line)).join('\n') };
    });
    const loaded: [string, string | undefined][] = [];
    const options: ConsumeOptions = {
      url: source.url,
      key: 'secret',
      pollMs: 50,
      durable: 'starts',
      inbox: { pool },
      handler,
      bootstrap: {
        url: source.url,
        key: 'secret',
        load: ({ subject, record }) => void loaded.push([subject, record?.email]),
      },
    };
    await expect(consume(options)).rejects.toThrow('cut off');
    loaded.length = 0;
    consumer = await consume(options);

    expect(loaded).toEqual([
      [ada, 'ada@example.com'],
      [gone, undefined],
    ]);
    expect(await effectsOf(ada, 1)).toEqual([4]);
    expect(await effectsOf(ben, 1)).toEqual([1]);
    expect(source.requests.some(({ path }) => path.includes('after=00000000000000000009'))).toBe(true);
    await consumer.stop();
    await source.stop();
  });
});
