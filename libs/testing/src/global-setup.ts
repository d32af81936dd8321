import path from 'node:path';
import { findNatsServer } from '@usher/runtime/local/find-nats-server';
import { startPostgres } from './postgres.js';
import { announceTestServers } from './test-servers.js';

/** Starts what one jest run shares. @returns how to end it. */
export async function startTestServers(): Promise<() => Promise<void>> {
  const [postgres, natsServerBinary] = await Promise.all([
    startPostgres(),
    findNatsServer({
      binary: process.env.NATS_SERVER_BIN,
      searchPath: process.env.PATH ?? '',
      cacheDir: path.resolve('.data/bin'),
      log: (line) => process.stderr.write(`${line}\n`),
    }),
  ]);
  announceTestServers({ postgresUrl: postgres.adminUrl, natsServerBinary });
  return () => postgres.stop();
}
