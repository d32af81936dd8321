import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { listEvents, type EventPage } from '@usher/contracts/events/feed.contract';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';
import { Outbox } from '@usher/messaging/outbox';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import type { Resources } from '@usher/runtime/resources';
import { eventually } from '@usher/testing/eventually';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { appendEvents, CONTEXT, startEvents } from '../events-service.fixture.js';
import { RetentionRepository } from '../retention/retention.repository.js';
import { ErasureService } from './erasure.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { StreamEraser } from './stream-eraser.client.js';

let nats: TestNats;
let database: TestDatabase;
let events: Resources;
let list: (input?: object) => Promise<EventPage>;
const [ada, ben] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  events = await startEvents(database.url, nats.url, { USHER_EVENTS_ERASURE_DELAY: '0s' });
  const rpc = new RpcClient(events.nats, 5_000);
  list = (input = {}) => rpc.call(listEvents, input, CONTEXT);
  const outbox = new Outbox(events.nats);
  await events.database.transaction((tx) =>
    outbox.append(tx, CONTEXT, null, {
      type: 'user.email_changed',
      subject: ada,
      record: { id: ada, email: 'ada@secret.example' },
      previous: { email: 'old@secret.example' },
    }),
  );
  await appendEvents(events.database, events.nats, ben, 3);
  await events.database.transaction((tx) =>
    outbox.append(tx, CONTEXT, null, {
      type: 'user.deleted',
      subject: ada,
      record: { id: ada },
      context: { mode: 'hard' },
    }),
  );
  await eventually(async () => (await streamText()).length === 5);
});
afterAll(async () => {
  await events.close();
  await Promise.all([nats.stop(), database.drop()]);
});

/** Everything that the stream still holds. */
async function streamText(): Promise<string[]> {
  const manager = await jetstreamManager(events.nats, { checkAPI: false });
  const { state } = await manager.streams.info(EVENTS_STREAM);
  const texts: string[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await manager.streams.getMessage(EVENTS_STREAM, { seq }).catch(() => null);
    if (message) texts.push(`${message.header.get('ce-sequence')} ${message.string()}`);
  }
  return texts;
}

const service = (): ErasureService =>
  new ErasureService(
    new ErasuresRepository(events.database),
    new StreamEraser(events.nats, events.settings),
    new Clock(),
    events.settings,
  );

describe('a user who is deleted for good', () => {
  it('leaves no personal data in feed and streams, and no gap', async () => {
    expect(await service().eraseDue()).toBe(1);
    expect(await service().eraseDue()).toBe(0);

    const page = await list();
    expect(page.data.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5]);
    const own = page.data.filter(({ subject }) => subject === ada);
    expect(own.map(({ subjectversion }) => subjectversion)).toEqual([1, 2]);
    expect(own[0]!.data).toEqual({
      record: { id: ada },
      previous: null,
      changed: ['email'],
      context: { erased: true },
    });
    expect(own[1]!.data.context).toEqual({ erased: true, mode: 'hard' });
    expect(JSON.stringify(own)).not.toMatch(/secret\.example|192\.0\.2\.1|test "agent"/);

    const texts = await streamText();
    expect(texts.map((text) => Number(text.split(' ')[0]))).toEqual([2, 3, 4, 5]);
    expect(texts.join()).not.toContain('secret.example');
    expect(page.data.filter(({ subject }) => subject === ben)[0]!.data.context.ip).toBe('192.0.2.1');
  });
});

describe('retention', () => {
  const retention = (): RetentionRepository => new RetentionRepository(events.database);

  it('removes what is too old, in steps, and says where the feed begins', async () => {
    expect(await retention().drop(new Date(Date.now() - 3_600_000), 2)).toBe(0);
    expect(await retention().drop(new Date(Date.now() + 1_000), 2)).toBe(2);
    expect((await list()).data.map(({ sequence }) => Number(sequence))).toEqual([3, 4, 5]);
    await expect(list({ after: '1' })).rejects.toMatchObject({ status: 410 });
  });

  it('waits for a paused endpoint, and keeps what a delivery still needs', async () => {
    const { pool } = events.database;
    const id = randomUUID();
    await pool.query(
      `INSERT INTO auth_events.webhook_endpoints (id, url, description, status, types, secrets, position, created_at, updated_at)
       VALUES ($1, 'https://a.example', '', 'paused', '{*}', '', 3, now(), now())`,
      [id],
    );
    await pool.query(
      `INSERT INTO auth_events.webhook_deliveries (endpoint_id, position, event_id, subject_id, type, state, next_attempt_at)
       VALUES ($1, 3, $2, $2, 'user.updated', 'dead', now())`,
      [id, randomUUID()],
    );
    expect(await retention().drop(new Date(Date.now() + 1_000), 100)).toBe(1);
    const { rows } = await pool.query('SELECT position FROM auth_events.outbox ORDER BY position');
    expect(rows).toEqual([{ position: 3 }, { position: 4 }, { position: 5 }]);
    expect((await list()).data.map(({ sequence }) => Number(sequence))).toEqual([4, 5]);
  });
});
