import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as contract from '@usher/contracts/events/webhooks.contract';
import type { RpcContract } from '@usher/contracts/rpc';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import type { Resources } from '@usher/runtime/resources';
import { eventually } from '@usher/testing/eventually';
import { startHttpSink, type HttpSink, type SinkRequest } from '@usher/testing/http-sink';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { Webhook } from 'standardwebhooks';
import { appendEvents, CONTEXT, startEvents } from '../events-service.fixture.js';

const HOUR = 3_600_000;
const ALLOWED = { USHER_OUTBOUND_ALLOWED_HOSTS: '127.0.0.1', USHER_EVENTS_WEBHOOK_TIMEOUT: '1s' };
const realNow = Clock.prototype.now;
let ahead = 0;

let nats: TestNats;
let database: TestDatabase;
let events: Resources;
let sink: HttpSink;
let call: <I, O>(operation: RpcContract<I, O>, input: I) => Promise<O>;

beforeAll(async () => {
  // Hours of retries pass in no time.
  Clock.prototype.now = () => new Date(Date.now() + ahead);
  nats = await startNats();
});
afterAll(async () => {
  Clock.prototype.now = realNow;
  await nats.stop();
});
beforeEach(async () => {
  ahead = 0;
  [database, sink] = await Promise.all([cloneDatabase(), startHttpSink()]);
  events = await startEvents(database.url, nats.url, ALLOWED);
  const rpc = new RpcClient(events.nats, 15_000);
  call = (operation, input) => rpc.call(operation, input, CONTEXT);
  sink.answer(passChallenge);
});
afterEach(async () => {
  await events.close();
  await Promise.all([database.drop(), sink.stop()]);
});

type Body = { type: string; challenge?: string; subject: string; subjectversion: number; data: { record: object } };
const bodyOf = (request: SinkRequest): Body => JSON.parse(request.body) as Body;
const passChallenge = (request: SinkRequest) => ({ body: { challenge: bodyOf(request).challenge ?? 'none' } });
const received = (): SinkRequest[] => sink.requests.filter((request) => bodyOf(request).type.startsWith('auth.'));
const create = (input: contract.CreateWebhookInput = {}) =>
  call(contract.createWebhook, { url: `${sink.url}/in`, ...input });
const append = (subject: string, count = 1) => appendEvents(events.database, events.nats, subject, count);
const states = async (id: string) => (await call(contract.listDeliveries, { id })).data.map(({ state }) => state);

/** Fails every event until told otherwise. */
const failing = (status: number) => (request: SinkRequest) =>
  bodyOf(request).challenge ? passChallenge(request) : { status, headers: { location: 'http://169.254.169.254/' } };

describe('webhooks', () => {
  it('are signed, whole, and in the order of each user', async () => {
    const { id, secret, status } = await create();
    expect(status).toBe('active');
    const users = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all(users.map((user) => append(user, 10)));
    await eventually(() => received().length === 30, { timeoutMs: 15_000, what: '30 deliveries' });

    for (const request of received()) {
      new Webhook(secret).verify(request.body, request.headers as Record<string, string>);
      expect(request.headers['webhook-id']).toBe((JSON.parse(request.body) as { id: string }).id);
    }
    for (const user of users) {
      const versions = received()
        .map(bodyOf)
        .filter(({ subject }) => subject === user);
      expect(versions.map((body) => body.subjectversion)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
    await eventually(async () => (await states(id)).every((state) => state === 'delivered'));
  });

  it('are not sent twice by two services', async () => {
    const second = await startEvents(database.url, nats.url, ALLOWED);
    await create();
    await Promise.all(Array.from({ length: 5 }, () => append(randomUUID(), 10)));
    await eventually(() => received().length >= 50, { timeoutMs: 15_000, what: '50 deliveries' });
    await second.close();

    const ids = received().map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(50);
    expect(ids.length).toBe(50);
  });

  it('need a receiver that answers the challenge', async () => {
    sink.answer({ status: 200, body: 'hello' });
    const created = await create();
    expect(created).toMatchObject({ status: 'pending', reason: 'challenge: the answer did not hold it' });
    await append(randomUUID());
    sink.answer(passChallenge);
    expect(await call(contract.switchWebhook, { id: created.id, action: 'verify' })).toMatchObject({
      status: 'active',
    });
    await eventually(() => received().length === 1);
  });

  it.each(['https://169.254.169.254/latest', 'https://[::1]/', 'https://localhost/', 'https://10.0.0.8/'])(
    'cannot be made to call inside: %s',
    async (url) => {
      const created = await create({ url });
      expect(created.status).toBe('pending');
      expect(created.reason).toMatch(/leads to/);
    },
  );

  it('are tried again with the same id for an hour of failures, redirects and silence, and lose nothing', async () => {
    const { id } = await create();
    const user = randomUUID();
    sink.answer(failing(500));
    await append(user, 3);
    await eventually(() => received().length >= 1);
    for (const answer of [failing(302), failing(503), () => ({ delayMs: 1_500 })]) {
      sink.answer(answer);
      const before = received().length;
      ahead += HOUR / 3;
      await eventually(() => received().length > before, { timeoutMs: 15_000, what: 'another attempt' });
      // Settled before the clock moves on.
      await eventually(async () => (await call(contract.listDeliveries, { id })).data[0]!.attempts.length > before);
    }
    expect(new Set(received().map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    sink.answer(passChallenge);
    await eventually(
      async () => {
        ahead += HOUR / 4;
        return (await states(id)).join() === 'delivered,delivered,delivered';
      },
      { timeoutMs: 20_000, what: 'all delivered' },
    );
    const { data } = await call(contract.listDeliveries, { id });
    expect(data[0]!.attempts.map(({ error }) => error)).toEqual(
      expect.arrayContaining(['answered 500', 'answered 302', 'answered 503', 'no answer in time']),
    );
    const versions = received().map((request) => bodyOf(request).subjectversion);
    expect(versions.slice(-3)).toEqual([1, 2, 3]);
  }, 60_000);

  it('of other users go on while one fails for good; a dead letter waits for a decision', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    const { id } = await create();
    sink.answer((request) => (bodyOf(request).subject === bad ? { status: 400 } : passChallenge(request)));
    await append(bad, 2);
    await append(good, 2);
    await eventually(
      async () => {
        ahead += 26 * HOUR;
        await append(good);
        return (await states(id))[0] === 'dead';
      },
      { timeoutMs: 25_000, what: 'a dead letter' },
    );
    expect((await states(id)).slice(0, 2)).toEqual(['dead', 'pending']);
    sink.answer(passChallenge);
    expect(await call(contract.redeliver, { id, state: 'dead' })).toEqual({ deliveries: 1 });
    await eventually(async () => (await states(id)).every((state) => state === 'delivered'), { timeoutMs: 10_000 });
    const versions = received()
      .filter((request) => bodyOf(request).subject === bad)
      .slice(-2);
    expect(versions.map((request) => bodyOf(request).subjectversion)).toEqual([1, 2]);
  }, 60_000);

  it('are kept while paused, filtered by type and field, and can be sent again by id and range', async () => {
    const { id } = await create({ types: ['user.*'], fields: ['n'] });
    expect(await call(contract.switchWebhook, { id, action: 'pause' })).toMatchObject({ status: 'paused' });
    await append(randomUUID(), 3);
    await call(contract.switchWebhook, { id, action: 'resume' });
    await eventually(() => received().length === 3, { what: 'what was held back' });
    expect(Object.keys(bodyOf(received()[0]!).data.record).sort()).toEqual(['id', 'n']);

    await eventually(async () => (await states(id)).join() === 'delivered,delivered,delivered');
    expect(await call(contract.redeliver, { id, ids: ['2'] })).toEqual({ deliveries: 1 });
    await eventually(() => received().length === 4);
    await eventually(async () => (await states(id)).join() === 'delivered,delivered,delivered');
    expect(await call(contract.redeliver, { id, after: '0', until: '3' })).toEqual({ deliveries: 3 });
    await eventually(() => received().length === 7);
    await expect(call(contract.redeliver, { id, ids: ['99'] })).rejects.toMatchObject({ status: 404 });
  });

  it('stop when the receiver says that it is gone, and go on after a new challenge', async () => {
    const { id } = await create();
    sink.answer(failing(410));
    await append(randomUUID());
    await eventually(async () => (await call(contract.getWebhook, { id })).status === 'disabled');
    sink.answer(passChallenge);
    await call(contract.switchWebhook, { id, action: 'resume' });
    await eventually(async () => (await states(id)).join() === 'delivered');
  });

  it('never show a secret again, and sign by old and new keys after a rotation', async () => {
    const { id, secret, public_keys } = await create();
    const rotated = await call(contract.rotateWebhookSecret, { id });
    expect(rotated.secret).not.toBe(secret);
    const shown = JSON.stringify([await call(contract.getWebhook, { id }), await call(contract.listWebhooks, {})]);
    for (const hidden of [secret, rotated.secret]) expect(shown).not.toContain(hidden);
    expect(rotated.public_keys).toContain(public_keys[0]);
    expect(await call(contract.testWebhook, { id })).toMatchObject({ status: 200 });
    const [test] = received();
    for (const key of [secret, rotated.secret])
      new Webhook(key).verify(test!.body, test!.headers as Record<string, string>);
  });

  it('are unknown once deleted', async () => {
    const { id } = await create();
    await call(contract.deleteWebhook, { id });
    await expect(call(contract.getWebhook, { id })).rejects.toMatchObject({ status: 404, code: 'webhook_not_found' });
    await expect(call(contract.getWebhook, { id: 'x' })).rejects.toMatchObject({ status: 404 });
    await expect(call(contract.dropDelivery, { id, delivery: '1' })).rejects.toMatchObject({ status: 404 });
  });
});
