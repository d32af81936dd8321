import path from 'node:path';
import { startEmbeddedPostgres } from '@usher/runtime/local/embedded-postgres';
import { startNatsServer } from '@usher/runtime/local/nats-server';

/** A program for tests to kill: `node hold-servers.js <folder> <nats-server>` starts both servers and says their ports. */
const [folder = '', binary] = process.argv.slice(2);
const log = (): void => undefined;
const [postgres, nats] = await Promise.all([
  startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), log }),
  startNatsServer({ dataDir: path.join(folder, 'nats'), binary, log }),
]);
process.stdout.write(`${JSON.stringify([postgres.port, nats.port])}\n`);
