import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { aptNatsServer } from './apt-nats-server.js';
import { downloadNatsServer } from './download-nats-server.js';
import { LaunchError } from './launch-error.js';

export interface FindNatsServerOptions {
  /** Setting NATS_SERVER_BIN: this one and no other. */
  binary?: string;
  /** Folders to look in, as in PATH. */
  searchPath: string;
  /** Where a fetched binary is kept. */
  cacheDir: string;
  log: (line: string) => void;
}

/**
 * Path of a nats-server: the one that was named, an installed one, the one of the cache, else one that is fetched.
 * @throws LaunchError when there is none and none can be fetched.
 */
export async function findNatsServer(options: FindNatsServerOptions): Promise<string> {
  if (options.binary) return namedBinary(options.binary);
  const cached = path.resolve(options.cacheDir, 'nats-server');
  // Debian installs it to /usr/sbin, which is not in an ordinary user's PATH.
  const folders = [...options.searchPath.split(path.delimiter), '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
  const candidates = [...folders.filter(path.isAbsolute).map((folder) => path.join(folder, 'nats-server')), cached];
  const installed = candidates.find(isExecutable);
  if (installed) return installed;
  for (const fetchBinary of [downloadNatsServer, aptNatsServer]) {
    if (await fetchBinary(cached, options.log)) return cached;
  }
  throw new LaunchError(
    'No nats-server was found and none could be fetched: install it (brew install nats-server, apt install nats-server), or set NATS_SERVER_BIN to its path or NATS_URL to a running one.',
  );
}

function namedBinary(binary: string): string {
  if (isExecutable(binary)) return path.resolve(binary);
  throw new LaunchError(`NATS_SERVER_BIN names ${binary}, which is not an executable file.`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
