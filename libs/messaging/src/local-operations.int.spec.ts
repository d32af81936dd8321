import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/nats-core';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import { JsonReply, rpc } from '@usher/contracts/rpc';
import { startNats, type TestNats } from '@usher/testing/nats';
import { connectNats } from './connect.js';
import { Handles } from './handles.js';
import { NatsTransport } from './nats-transport.js';
import { LocalOperations } from './operation.js';
import { RpcClient } from './rpc-client.js';
import { RpcErrorFilter } from './rpc-error.filter.js';

const echo = rpc<{ value: unknown; missing?: undefined }, { value: unknown; keys: string[] }>('users', 'test-echo');
const raw = rpc<Record<string, never>, { made: boolean }>('users', 'test-raw');
const refuse = rpc<{ code: string }, never>('users', 'test-refuse');
const context = { requestId: 'test' } as RequestContext;

@Controller()
class TestRpc {
  @Handles(echo)
  async echo(input: { value: unknown }) {
    return { value: input.value, keys: Object.keys(input) };
  }

  @Handles(raw)
  async raw(): Promise<JsonReply> {
    return JsonReply.of({ made: true }, { 'x-made': 'yes' });
  }

  @Handles(refuse)
  async refuse({ code }: { code: string }): Promise<never> {
    if (code === 'bug') throw new Error('secret detail');
    throw new AuthError('validation_failed', 'no', { headers: { 'x-why': 'because' } });
  }
}

@Module({ controllers: [TestRpc] })
class TestModule {}

let server: TestNats;
let nats: NatsConnection;
let app: INestMicroservice;
const local = new LocalOperations();

beforeAll(async () => {
  server = await startNats();
  nats = await connectNats({ servers: server.url, name: 'test' });
  const strategy = new NatsTransport(nats, 'users', () => undefined, local);
  app = await NestFactory.createMicroservice(TestModule, { strategy, logger: false });
  app.useGlobalFilters(new RpcErrorFilter());
  await app.listen();
});

afterAll(async () => {
  await app.close();
  await nats.close();
  await server.stop();
});

describe.each(['over the bus', 'within the process'])('a call %s', (way) => {
  const client = () => new RpcClient(nats, 2_000, way === 'within the process' ? local : undefined);

  it('carries JSON and nothing else', async () => {
    const given = { nested: [1] };
    const { value, keys } = await client().call(echo, { value: given, missing: undefined }, context);
    expect(value).toEqual(given);
    expect(value).not.toBe(given);
    expect(keys).toEqual(['value']);
    expect(await client().call(echo, { value: new Date(0) }, context)).toMatchObject({
      value: '1970-01-01T00:00:00.000Z',
    });
  });

  it('passes a ready answer on with its headers', async () => {
    const { body, headers } = await client().forward(raw, {}, context);
    expect({ body: Buffer.from(body).toString(), headers }).toEqual({
      body: '{"made":true}',
      headers: { 'x-made': 'yes' },
    });
  });

  it("brings the service's error, and of any other one nothing but an id", async () => {
    await expect(client().call(refuse, { code: 'known' }, context)).rejects.toMatchObject({
      code: 'validation_failed',
      status: 400,
      headers: { 'x-why': 'because' },
    });
    const bug = await client()
      .call(refuse, { code: 'bug' }, context)
      .catch((error: unknown) => error);
    expect(bug).toMatchObject({ code: 'unexpected_failure', status: 500 });
    expect(JSON.stringify(bug)).not.toContain('secret');
  });
});
