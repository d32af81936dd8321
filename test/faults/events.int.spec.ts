import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';
import { createWebhook } from '@usher/contracts/events/webhooks.contract';
import { Outbox } from '@usher/messaging/outbox';
import { RpcClient } from '@usher/messaging/rpc-client';
import { startNatsServer, type NatsServer } from '@usher/runtime/local/nats-server';
import type { Resources } from '@usher/runtime/resources';
import { eventually } from '@usher/testing/eventually';
import { startHttpSink } from '@usher/testing/http-sink';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { testServers } from '@usher/testing/test-servers';
import {
  appendEvents,
  CONTEXT,
  openTestResources,
  serviceEnvironment,
} from '../../apps/events/src/events-service.fixture.js';
import { seeded } from './random.js';
import { bundleVictims, Victim } from './victim.js';

const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
const random = seeded(seed);
/** `npm run test:faults` runs longer, on more users. */
const FAULTS_SECONDS = Number(process.env.FAULTS_SECONDS ?? 6);
const FAULTS_USERS = Number(process.env.FAULTS_USERS ?? 10);

interface WebhookBody {
  id?: string;
  challenge?: string;
  subject?: string;
  subjectversion?: number;
}

const SETTLE = { timeoutMs: 30_000 };

let folder: string;
let nats: NatsServer;
let database: TestDatabase;
let writer: Resources;
let victims: Victim[];

beforeAll(async () => {
  process.stderr.write(`fault tests: FAULTS_SEED=${seed}\n`);
  await bundleVictims();
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'usher-faults-'));
  [database, nats] = await Promise.all([cloneDatabase(), launchNats()]);
  writer = await openTestResources(database.url, nats.url);
  victims = [];
});
afterEach(async () => {
  await Promise.all(victims.map((victim) => victim.kill()));
  await writer.close();
  await nats.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function launchNats(from?: NatsServer): Promise<NatsServer> {
  const { port, credentials } = from ?? {};
  return startNatsServer({
    dataDir: folder,
    binary: testServers().natsServerBinary,
    log: () => undefined,
    port,
    credentials,
  });
}

function eventsService(environment: Record<string, string> = {}): Victim {
  const victim = new Victim('events', [], { ...serviceEnvironment(database.url, nats.url), ...environment });
  victims.push(victim);
  victim.start();
  return victim;
}

/** Waits until the stream has every event of the database, and checks the promises of events.md. */
async function expectNothingLost(count: number): Promise<JsMsg[]> {
  await eventually(() => writer.nats.rtt(), SETTLE);
  const manager = await jetstreamManager(writer.nats, { checkAPI: false });
  const { rows } = await writer.database.pool.query<{ id: string }>('SELECT id FROM auth_events.outbox');
  expect(rows.length).toBe(count);
  await eventually(async () => (await manager.streams.info(EVENTS_STREAM)).state.messages >= count, {
    ...SETTLE,
    what: `${count} messages in the stream`,
  });
  const messages: JsMsg[] = [];
  const consumer = await jetstream(writer.nats).consumers.get(EVENTS_STREAM);
  const { num_pending } = await consumer.info();
  for await (const message of await consumer.fetch({ max_messages: num_pending, expires: 10_000 }))
    messages.push(message);

  const header = (message: JsMsg, name: string): string => message.headers!.get(`ce-${name}`);
  expect(messages.map((m) => Number(header(m, 'sequence')))).toEqual(messages.map((_, n) => n + 1));
  expect(new Set(messages.map((m) => header(m, 'id')))).toEqual(new Set(rows.map((row) => row.id)));
  const versions = new Map<string, number>();
  for (const message of messages) {
    const subject = header(message, 'subject');
    expect(Number(header(message, 'subjectversion'))).toBe((versions.get(subject) ?? 0) + 1);
    versions.set(subject, (versions.get(subject) ?? 0) + 1);
  }
  return messages;
}

const appendTo = (subject: string, count: number): Promise<void> =>
  appendEvents(writer.database, writer.nats, subject, count);

async function published(count: number): Promise<void> {
  const manager = await jetstreamManager(writer.nats, { checkAPI: false });
  await eventually(async () => (await manager.streams.info(EVENTS_STREAM)).state.messages >= count, SETTLE);
}

describe('no event is lost', () => {
  it('when the publisher is dead between commit and publish', async () => {
    const service = eventsService();
    const user = randomUUID();
    await appendTo(user, 5);
    await published(5);
    await service.kill();
    await appendTo(user, 20);
    service.start();

    await expectNothingLost(25);
  }, 60_000);

  it(
    'when two services are killed again and again, between publish and acknowledgement too, under 32 writers',
    async () => {
      const services = [eventsService(), eventsService()];
      const users = Array.from({ length: FAULTS_USERS }, () => randomUUID());
      let writing = true;
      const killer = (async () => {
        for (let n = 0; writing; n++) {
          await new Promise((resolve) => setTimeout(resolve, 300 + random() * 700));
          await services[n % 2]!.kill();
          services[n % 2]!.start();
        }
      })();
      const until = Date.now() + FAULTS_SECONDS * 1_000;
      let written = 0;
      const write = async (): Promise<void> => {
        while (Date.now() < until) {
          await appendTo(users[Math.floor(random() * users.length)]!, 1);
          written++;
          await new Promise((resolve) => setTimeout(resolve, random() * 40));
        }
      };
      await Promise.all(Array.from({ length: 32 }, write));
      writing = false;
      await killer;

      await expectNothingLost(written);
    },
    FAULTS_SECONDS * 1_000 + 120_000,
  );

  it('when services are killed while they call webhooks: a repeated call has the same id, the order of a user holds', async () => {
    const sink = await startHttpSink();
    const bodies = () => sink.requests.map(({ body }) => JSON.parse(body) as WebhookBody);
    sink.answer(({ body }) => ({
      delayMs: 5 + random() * 30,
      body: { challenge: (JSON.parse(body) as WebhookBody).challenge ?? '' },
    }));
    const allowed = { USHER_OUTBOUND_ALLOWED_HOSTS: '127.0.0.1', USHER_EVENTS_WEBHOOK_TIMEOUT: '1s' };
    const services = [eventsService(allowed), eventsService(allowed)];
    const rpc = new RpcClient(writer.nats, 5_000);
    await eventually(
      async () => (await rpc.call(createWebhook, { url: sink.url }, CONTEXT)).status === 'active',
      SETTLE,
    );
    const users = Array.from({ length: 10 }, () => randomUUID());
    const writing = Promise.all(users.map((user) => appendTo(user, 15)));
    for (let n = 0; n < 4; n++) {
      await new Promise((resolve) => setTimeout(resolve, 200 + random() * 500));
      await services[n % 2]!.kill();
      services[n % 2]!.start();
    }
    await writing;
    const events = () => new Set(bodies().flatMap(({ id }) => id ?? []));
    // A claim of a process that was killed ends after some ten seconds.
    await eventually(() => events().size === 150, { timeoutMs: 60_000, what: '150 events at the receiver' });
    for (const user of users) {
      const versions = bodies()
        .filter(({ subject }) => subject === user)
        .map(({ subjectversion }) => subjectversion!);
      expect([...new Set(versions)]).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
    }
    await Promise.all(services.map((service) => service.kill()));
    await sink.stop();
  }, 120_000);

  it('when NATS is down during 200 sign-ups, which do not wait for it', async () => {
    eventsService();
    await appendTo(randomUUID(), 1);
    await published(1);
    await nats.stop();
    const start = performance.now();
    await Promise.all(Array.from({ length: 200 }, () => appendTo(randomUUID(), 1)));
    const took = performance.now() - start;
    nats = await launchNats(nats);

    await expectNothingLost(201);
    expect(took).toBeLessThan(5_000);
  }, 60_000);

  it('when a transaction commits late behind later ones', async () => {
    eventsService();
    const outbox = new Outbox(writer.nats);
    const late = randomUUID();
    await writer.database.transaction(async (tx) => {
      await outbox.append(tx, CONTEXT, null, { type: 'user.created', subject: late, record: {} });
      await appendTo(randomUUID(), 30);
      await published(30);
    });

    const messages = await expectNothingLost(31);
    expect(messages.at(-1)!.headers!.get('ce-subject')).toBe(late);
  }, 60_000);

  it('when the stream is deleted', async () => {
    eventsService();
    const users = Array.from({ length: 5 }, () => randomUUID());
    await Promise.all(users.map((user) => appendTo(user, 100)));
    await published(500);
    await (await jetstreamManager(writer.nats)).streams.delete(EVENTS_STREAM);
    await Promise.all(users.map((user) => appendTo(user, 10)));

    await expectNothingLost(550);
  }, 60_000);

  it('when a consumer is killed again and again, between effect and acknowledgement too: each effect is there once', async () => {
    const admin = await openTestResources(database.adminUrl, nats.url);
    await admin.database.pool.query('CREATE TABLE public.effects (n serial, id text, subject text, version int)');
    const consumer = new Victim('consumer', [database.adminUrl, nats.url], {});
    victims.push(consumer);
    eventsService();
    const users = Array.from({ length: 8 }, () => randomUUID());
    const writing = Promise.all(users.map((user) => appendTo(user, 150)));
    const count = async (): Promise<number> =>
      (await admin.database.pool.query<{ n: number }>('SELECT count(*) AS n FROM public.effects')).rows[0]!.n;
    for (let n = 0; n < 5; n++) {
      const before = await count();
      consumer.start();
      await eventually(async () => (await count()) > before + 20, SETTLE);
      await new Promise((resolve) => setTimeout(resolve, random() * 50));
      await consumer.kill();
    }
    expect(await count()).toBeLessThan(1_200);
    await writing;
    consumer.start();
    const effects = await eventually(
      async () => {
        const query = 'SELECT id, subject, version FROM public.effects ORDER BY n';
        const { rows } = await admin.database.pool.query<{ id: string; subject: string; version: number }>(query);
        return rows.length >= 1_200 ? rows : undefined;
      },
      { timeoutMs: 80_000, what: '1200 effects' },
    );

    expect(new Set(effects.map((row) => row.id)).size).toBe(1_200);
    expect(effects.length).toBe(1_200);
    for (const user of users) {
      const versions = effects.filter((row) => row.subject === user).map((row) => row.version);
      expect(versions).toEqual(Array.from({ length: 150 }, (_, n) => n + 1));
    }
    await consumer.kill();
    await admin.close();
  }, 120_000);
});
