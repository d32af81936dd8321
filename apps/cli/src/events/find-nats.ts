import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { NatsFlags } from './flags.js';

/** Connects to the NATS that was given, else to that of `npm start` with this data folder. */
export function openNats({ nats, dataDir }: NatsFlags): Promise<NatsConnection> {
  const found = nats ? fromUrl(nats) : laptopNats(dataDir);
  if (!found) throw new Error(`There is no NATS in ${dataDir}: run \`npm start\` here, or give --nats (NATS_URL).`);
  return connect({ ...found, name: 'usher cli', timeout: 3_000 });
}

function fromUrl(url: string): { servers: string; user?: string; pass?: string } {
  const { host, username, password } = new URL(url.includes('://') ? url : `nats://${url}`);
  return {
    servers: host,
    user: decodeURIComponent(username) || undefined,
    pass: decodeURIComponent(password) || undefined,
  };
}

function laptopNats(dataDir: string): { servers: string; user: string; pass: string } | undefined {
  const owner = read(path.join(dataDir, 'nats/owner.json'));
  const login = /user: "([^"]+)", password: "([^"]+)"/.exec(read(path.join(dataDir, 'nats/nats.conf')) ?? '');
  if (!owner || !login) return undefined;
  const { port } = JSON.parse(owner) as { port: number };
  return { servers: `127.0.0.1:${port}`, user: login[1]!, pass: login[2]! };
}

const read = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
