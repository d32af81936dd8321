import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testServers } from '@usher/testing/test-servers';
import { startNatsServer } from './nats-server.js';
import type { NatsServer, NatsServerOptions } from './nats-server.js';

const started: NatsServer[] = [];
let folder: string;

async function start(options: Partial<NatsServerOptions> = {}): Promise<NatsServer> {
  const binary = testServers().natsServerBinary;
  const server = await startNatsServer({ dataDir: folder, binary, log: () => undefined, ...options });
  started.push(server);
  return server;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'usher-nats-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

describe('the nats-server of the local run', () => {
  it('wants a password that only its owner can read', async () => {
    const { port, credentials, url } = await start();
    const servers = `127.0.0.1:${port}`;
    await expect(connect({ servers, reconnect: false })).rejects.toThrow(/authorization/i);
    await (await connect({ servers, ...credentials })).close();
    expect(url).toBe(`nats://usher:${credentials?.pass}@${servers}`);
    expect(statSync(path.join(folder, 'nats.conf')).mode & 0o777).toBe(0o600);
  });

  it('takes users and permissions of its caller', async () => {
    const config = 'authorization { users: [ { user: a, password: b, permissions: { publish: "only.this" } } ] }';
    const { port, url } = await start({ config, credentials: null });
    expect(url).toBe(`nats://127.0.0.1:${port}`);
    await (await connect({ servers: url, user: 'a', pass: 'b' })).close();
  });

  it('says so when its port is in use', async () => {
    const { port } = await start();
    await expect(start({ port, dataDir: path.join(folder, 'other') })).rejects.toThrow(
      `Port ${port} is in use by another program, so nats-server cannot start.`,
    );
  });

  it('says so when its data is in use, and not when the owner is gone', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/^The NATS data in .* is already in use by another process/);
    await first.stop();
    await start();
  });

  it('says so when the named binary is none', async () => {
    await expect(start({ binary: '/nowhere/nats-server' })).rejects.toThrow(
      'NATS_SERVER_BIN names /nowhere/nats-server, which is not an executable file.',
    );
  });

  it('says what is wrong with a configuration', async () => {
    await expect(start({ config: 'jetstream: {' })).rejects.toThrow(/^nats-server did not start: /);
  });
});
