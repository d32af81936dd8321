import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/nats-core';
import { connectNats } from '@usher/messaging/connect';
import { createLogger } from '@usher/runtime/logger';
import { startNats, type TestNats } from '@usher/testing/nats';
import { runGateway } from '../gateway.fixture.js';
import { NatsLimitStore } from './nats-limit-store.js';

const rule = { perMs: 1 / 1000, burst: 10, forgetMs: 3_600_000 };
const logger = createLogger({ level: 'fatal', file: '' }, 'gateway');

let server: TestNats;
let connections: NatsConnection[];
let stores: NatsLimitStore[];
beforeAll(async () => {
  server = await startNats();
  connections = await Promise.all([1, 2].map(() => connectNats({ servers: server.url, name: 'limits' })));
  stores = connections.map((nats) => new NatsLimitStore(nats, logger));
});
afterAll(async () => {
  await Promise.all(connections.map((nats) => nats.close()));
  await server.stop();
});

const takeTimes = async (times: number, key: string, now: number) => {
  const taken = await Promise.all([...Array(times).keys()].map((n) => stores[n % 2]!.take(key, rule, now)));
  return taken.filter(Boolean).length;
};

describe('limits of all gateways together', () => {
  it('give what the rule gives to both at once, and no more', async () => {
    for (let n = 0; n < 10; n++) expect(await stores[n % 2]!.take('otp 192.0.2.1', rule, 0)).toBe(true);
    expect(await takeTimes(20, 'otp 192.0.2.1', 0)).toBe(0);
    expect(await takeTimes(4, 'otp 192.0.2.1', 2_000)).toBe(2);
    expect(await stores[0]!.take('otp 192.0.2.2', rule, 0)).toBe(true);
  });

  it('hold for requests at the same moment', async () => {
    expect(await takeTimes(4, 'verify 192.0.2.3', 0)).toBe(4);
    const taken = await takeTimes(40, 'verify 192.0.2.3', 0);
    expect(taken).toBe(6);
  });

  it('take any address as a key', async () => {
    expect(await stores[0]!.take('otp > * . \r\n \u0000', rule, 0)).toBe(true);
  });

  it('are counted by two gateways on one NATS', async () => {
    const environment = {
      ...{ USHER_RATE_LIMIT_STORE: 'nats', GOTRUE_RATE_LIMIT_HEADER: 'x-client', NATS_URL: server.url },
      GOTRUE_RATE_LIMIT_VERIFY: '1',
    };
    const gateways = await Promise.all([runGateway(environment), runGateway(environment)]);
    const statuses: number[] = [];
    for (let n = 0; n < 34; n++) {
      const { status } = await fetch(`${gateways[n % 2]!.url}/verify`, {
        method: 'POST',
        headers: { 'x-client': '198.51.100.7', 'content-type': 'application/json' },
        body: '{}',
      });
      statuses.push(status);
    }
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    expect(statuses.filter((status) => status !== 429)).toHaveLength(30);
    expect(statuses.slice(30)).toEqual([429, 429, 429, 429]);
  });

  it('are counted by each process while NATS cannot be asked', async () => {
    const nats = await connectNats({ servers: server.url, name: 'limits' });
    const store = new NatsLimitStore(nats, logger);
    await nats.close();
    const taken = await Promise.all([...Array(20).keys()].map(() => store.take('otp 192.0.2.9', rule, 0)));
    expect(taken.filter(Boolean)).toHaveLength(10);
  });
});
