import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloseStack } from '@usher/runtime/lifecycle';
import { startEmbeddedPostgres, prepareDatabase } from '@usher/runtime/local/embedded-postgres';
import { startNatsServer } from '@usher/runtime/local/nats-server';

export interface Infrastructure {
  databaseUrl: string;
  natsUrl: string;
}

export interface InfrastructureOptions {
  /** Given from outside, or empty: then an embedded PostgreSQL is started. */
  databaseUrl: string;
  /** Given from outside, or empty: then a nats-server of our own is started on a free loopback port. */
  natsUrl: string;
  /** The nats-server program to start, '' = looked for. */
  natsServerBin: string;
  /** Where embedded servers keep their data; undefined = NATS in a temporary folder, because PostgreSQL is the record and NATS can be rebuilt. */
  dataDir?: string;
  log: (line: string) => void;
}

/** Starts what is not there, both at once. */
export async function startInfrastructure(stack: CloseStack, options: InfrastructureOptions): Promise<Infrastructure> {
  const [databaseUrl, natsUrl] = await Promise.all([
    options.databaseUrl || startPostgres(stack, options),
    options.natsUrl || startNats(stack, options),
  ]);
  return { databaseUrl, natsUrl };
}

async function startPostgres(stack: CloseStack, { dataDir = '.data', log }: InfrastructureOptions): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log });
  stack.use({ close: () => postgres.stop() });
  return prepareDatabase(postgres.url, { database: 'postgres', password: postgres.password });
}

async function startNats(stack: CloseStack, { dataDir, natsServerBin, log }: InfrastructureOptions): Promise<string> {
  const folder = dataDir ? join(dataDir, 'nats') : await mkdtemp(join(tmpdir(), 'usher-nats-'));
  const server = await startNatsServer({ dataDir: folder, binary: natsServerBin || undefined, log });
  stack.use({
    close: async () => {
      await server.stop();
      if (!dataDir) await rm(folder, { recursive: true, force: true });
    },
  });
  return server.url;
}
