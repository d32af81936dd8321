import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startNatsServer } from '@usher/runtime/local/nats-server';
import type { NatsServer, NatsServerOptions } from '@usher/runtime/local/nats-server';
import { testServers } from './test-servers.js';

export interface TestNats extends NatsServer {
  /** Stops and starts it on the same port with the same files: what a client sees of a restart. */
  restart(): Promise<void>;
}

type TestNatsOptions = Pick<NatsServerOptions, 'config' | 'credentials'>;

/** A nats-server with JetStream of its own for a test file, in some 20 ms. `stop()` also removes its files. */
export async function startNats(options: TestNatsOptions = {}): Promise<TestNats> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'usher-test-nats-'));
  const common = { ...options, dataDir, binary: testServers().natsServerBinary, log: () => undefined };
  let server = await startNatsServer(common);
  const { port, credentials } = server;
  return {
    ...server,
    restart: async () => {
      await server.stop();
      server = await startNatsServer({ ...common, port, credentials });
    },
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
