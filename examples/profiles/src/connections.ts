import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { HttpSource, NatsSource } from '@usher/auth-events';

export interface Connections {
  databaseUrl: string;
  source: NatsSource | HttpSource;
}

/** From the environment, else from what `npm start` keeps in its data folder. Throws a sentence when something is missing. */
export function findConnections(env: NodeJS.ProcessEnv): Connections {
  const dataDir = env.USHER_DATA_DIR || '.data';
  const databaseUrl = env.PROFILES_DATABASE_URL || laptopDatabase(path.join(dataDir, 'postgres'));
  if (!databaseUrl)
    throw new Error('Where is the database? Run `npm start` beside this, or set PROFILES_DATABASE_URL.');
  const source = givenSource(env) ?? laptopSource(dataDir);
  if (!source)
    throw new Error(
      'Where are the events? Run `npm start` beside this, or set NATS_URL, or USHER_URL and USHER_SECRET_KEY.',
    );
  return { databaseUrl, source };
}

function givenSource({ NATS_URL, USHER_URL, USHER_SECRET_KEY }: NodeJS.ProcessEnv): Connections['source'] | undefined {
  if (NATS_URL) return { servers: NATS_URL };
  return USHER_URL && USHER_SECRET_KEY ? { url: USHER_URL, key: USHER_SECRET_KEY } : undefined;
}

/** Its NATS, or its HTTP API where NATS is somewhere else. */
function laptopSource(dataDir: string): Connections['source'] | undefined {
  const owner = read(path.join(dataDir, 'nats/owner.json'));
  const login = /user: "([^"]+)", password: "([^"]+)"/.exec(read(path.join(dataDir, 'nats/nats.conf')) ?? '');
  if (owner && login) {
    const { port } = JSON.parse(owner) as { port: number };
    return { servers: `nats://127.0.0.1:${port}`, credentials: { user: login[1]!, pass: login[2]! } };
  }
  const secrets = read(path.join(dataDir, 'secrets.json'));
  return secrets
    ? { url: 'http://localhost:9999', key: (JSON.parse(secrets) as { secretKey: string }).secretKey }
    : undefined;
}

/** The fourth line of `postmaster.pid` is the port. */
function laptopDatabase(folder: string): string | undefined {
  const password = read(path.join(folder, 'password'))?.trim();
  const running = read(path.join(folder, 'cluster/postmaster.pid'));
  const port = running?.split('\n')[3];
  return password && port
    ? `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
    : undefined;
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
