import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HttpSource } from '@usher/auth-events';

/** Where to ask: what was given, else the server that `npm start` runs with this data folder. */
export function findSource({ url, key, dataDir }: { url?: string; key?: string; dataDir: string }): HttpSource {
  return { url: url ?? 'http://localhost:9999', key: key ?? laptopKey(path.join(dataDir, 'secrets.json')) };
}

function laptopKey(file: string): string {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { secretKey: string }).secretKey;
  } catch {
    throw new Error(
      `There is no key in ${file}: run \`npm start\` here, or give --url and --key (USHER_URL, USHER_SECRET_KEY).`,
    );
  }
}
