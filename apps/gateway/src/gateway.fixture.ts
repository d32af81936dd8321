import { connect, type Socket } from 'node:net';
import type { Msg, NatsConnection } from '@nats-io/nats-core';
import { buildKeySet } from '@usher/access-tokens/key-set';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import type { AuthError } from '@usher/contracts/errors';
import type { RpcCall, RpcContract } from '@usher/contracts/rpc';
import { connectNats } from '@usher/messaging/connect';
import { errorHeaders } from '@usher/messaging/rpc-client';
import { openResources } from '@usher/runtime/resources';
import { readSettings } from '@usher/runtime/settings/settings';
import { freePort } from '@usher/testing/free-port';
import { startNats } from '@usher/testing/nats';
import { startGateway } from './start-gateway.js';

const SECRET = 'a-secret-of-at-least-thirty-two-bytes';
const KEYS = buildKeySet({ secret: SECRET, keyId: '', jwks: [], validMethods: [] });

export interface RunningGateway {
  url: string;
  port: number;
  /** Answers a service's operation in its place; returns the calls it got. */
  serve<I, O>(contract: RpcContract<I, O>, answer: (call: RpcCall<I>) => O | AuthError | Promise<O>): RpcCall<I>[];
  stop(): Promise<void>;
}

/** A token of the gateway's own secret. */
export function tokenOf(claims: object): string {
  return signJwt(KEYS, claims);
}

/** A gateway on a real nats-server, with nobody behind it but what the test serves. */
export async function runGateway(environment: Record<string, string> = {}): Promise<RunningGateway> {
  const nats = await startNats();
  const port = await freePort();
  const settings = readSettings({
    API_EXTERNAL_URL: 'http://auth.example.com',
    GOTRUE_API_HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    GOTRUE_DB_DRIVER: 'postgres',
    GOTRUE_SITE_URL: 'https://www.example.com',
    GOTRUE_JWT_SECRET: SECRET,
    GOTRUE_JWT_AUD: 'authenticated',
    GOTRUE_LOG_LEVEL: 'fatal',
    NATS_URL: nats.url,
    ...environment,
  });
  const resources = await openResources(settings, 'gateway');
  const gateway = await startGateway(resources);
  const services = await connectNats({ servers: nats.url, name: 'test' });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    serve: (contract, answer) => serveOn(services, contract, answer),
    stop: async () => {
      await gateway.close();
      await services.close();
      await resources.close();
      await nats.stop();
    },
  };
}

function serveOn<I, O>(
  nats: NatsConnection,
  contract: RpcContract<I, O>,
  answer: (call: RpcCall<I>) => O | AuthError | Promise<O>,
): RpcCall<I>[] {
  const calls: RpcCall<I>[] = [];
  const respond = async (message: Msg): Promise<void> => {
    const call = JSON.parse(message.string()) as RpcCall<I>;
    calls.push(call);
    const result = await answer(call);
    if (result instanceof Error) message.respond(JSON.stringify(result.toWire()), { headers: errorHeaders() });
    else message.respond(JSON.stringify(result));
  };
  nats.subscribe(contract.subject, { callback: (_error, message) => void respond(message) });
  return calls;
}

/** Sends bytes that no HTTP client would, and gives all that comes back until the server closes. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
