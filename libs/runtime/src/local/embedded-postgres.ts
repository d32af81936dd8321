import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ChildFailed, startChild } from './child.js';
import type { Child } from './child.js';
import { freePort } from './free-port.js';
import { LaunchError } from './launch-error.js';
import { othersMayEnter, postgresBinaries } from './postgres-binaries.js';
import type { PostgresBinaries } from './postgres-binaries.js';

export { prepareDatabase } from './prepare-database.js';

export interface EmbeddedPostgresOptions {
  /** Holds the database files, the password and the log; made if it is missing. */
  dataDir: string;
  /** Default: a free one. Always on 127.0.0.1. */
  port?: number;
  /** Of the superuser `postgres`, for a data directory that is new. Default: a random one, kept in `dataDir/password`. */
  password?: string;
  /** Server settings of this run, such as `{ fsync: 'off' }`. */
  settings?: Record<string, string>;
  log: (line: string) => void;
}

export interface EmbeddedPostgres {
  port: number;
  /** Connection URL of the superuser `postgres` for the database `postgres`. */
  url: string;
  /** Of the superuser. */
  password: string;
  /** True when this start made the database files. */
  created: boolean;
  exited: Promise<void>;
  stop(): Promise<void>;
}

interface Cluster {
  /** The database files. */
  dir: string;
  /** How the server is told where they are. */
  dirAsSeen: string;
  /** Whom the server runs as, when that is not us. */
  user: { uid: number; gid: number } | undefined;
  binaries: PostgresBinaries;
}

/** PostgreSQL refuses to run as root; as "nobody" it can touch nothing but its own files. */
const NOBODY = 65534;

/**
 * Starts a PostgreSQL that npm brought along, on the loopback interface, and waits until it takes connections.
 * @throws LaunchError for what the user can mend: port or data in use, files of another user or version.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? { uid: NOBODY, gid: NOBODY } : undefined;
  const binaries = postgresBinaries(user?.uid);
  const dataDir = path.resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const dir = path.join(dataDir, 'cluster');
  // The folder itself is entered before root's rights are given up, so the way to it may be closed to the server.
  const hidden = asRoot && !othersMayEnter(dataDir);
  if (hidden && process.platform !== 'linux') {
    throw new LaunchError(
      `PostgreSQL does not run as root and nobody else may enter ${dataDir}: start as an ordinary user.`,
    );
  }
  const cluster = { dir, dirAsSeen: hidden ? '/proc/self/cwd' : dir, user, binaries };
  const created = !existsSync(path.join(dir, 'PG_VERSION'));
  if (created) createCluster(cluster, dataDir, options);
  else checkCluster(cluster);
  const password = readFileSync(path.join(dataDir, 'password'), 'utf8').trim();
  const { port, child } = await startOnPort(cluster, dataDir, options);
  return {
    port,
    url: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    password,
    created,
    exited: child.exited,
    stop: () => child.stop(),
  };
}

/** Made beside its place and moved there when it is whole: an interrupted first start leaves nothing half done. */
function createCluster(cluster: Cluster, dataDir: string, options: EmbeddedPostgresOptions): void {
  options.log('creating the database');
  const { user, binaries } = cluster;
  const unfinished = `${cluster.dir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = path.join(dataDir, 'password');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, options.password ?? randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (user) [unfinished, passwordFile].forEach((file) => chownSync(file, user.uid, user.gid));
  const password = openSync(passwordFile, 'r');
  const target = cluster.dirAsSeen === cluster.dir ? unfinished : cluster.dirAsSeen;
  const made = spawnSync(binaries.initdb, initdbArguments(target), {
    ...user,
    cwd: unfinished,
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: [password, 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  closeSync(password);
  if (user) chownSync(passwordFile, 0, 0);
  if (made.status !== 0) {
    const reason = made.error?.message ?? made.stderr.trim().split('\n').join(' ');
    throw new LaunchError(`The embedded PostgreSQL could not create its files in ${dataDir}: ${reason}`);
  }
  renameSync(unfinished, cluster.dir);
}

function initdbArguments(dir: string): string[] {
  return [
    `--pgdata=${dir}`,
    '--username=postgres',
    '--pwfile=/dev/stdin',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Unicode rules for lower() and the like, without a locale of the operating system.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // Three times as fast; a crash of the machine in this second costs an empty database.
    '--no-sync',
    '--no-instructions',
  ];
}

function checkCluster({ dir, user, binaries }: Cluster): void {
  const owner = statSync(dir).uid;
  const runner = user?.uid ?? process.getuid?.() ?? owner;
  if (owner !== runner) {
    throw new LaunchError(
      `The database in ${dir} was made by another user (id ${owner}): start as that user, or remove the folder to begin anew.`,
    );
  }
  const version = readFileSync(path.join(dir, 'PG_VERSION'), 'utf8').trim();
  if (version !== binaries.major) {
    throw new LaunchError(
      `The database in ${dir} was made by PostgreSQL ${version}, this is ${binaries.major}: remove the folder to begin anew.`,
    );
  }
}

async function startOnPort(
  cluster: Cluster,
  dataDir: string,
  options: EmbeddedPostgresOptions,
): Promise<{ port: number; child: Child }> {
  // A free port can be taken by somebody else before the server gets to it.
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    try {
      return { port, child: await startServer(cluster, dataDir, port, options.settings) };
    } catch (error) {
      if (!(error instanceof ChildFailed)) throw error;
      const portBusy = error.output.includes('could not bind');
      if (portBusy && options.port === undefined && attempt < 3) continue;
      throw explained(error, cluster, port);
    }
  }
}

function startServer(
  cluster: Cluster,
  dataDir: string,
  port: number,
  settings: Record<string, string> = {},
): Promise<Child> {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    jit: 'off',
    log_statement: 'none',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return startChild(cluster.binaries.postgres, ['-D', cluster.dirAsSeen, '-p', String(port), ...flags], {
    ...cluster.user,
    cwd: cluster.dir,
    stopSignal: 'INT',
    ready: /database system is ready to accept connections/,
    logFile: path.join(dataDir, 'postgres.log'),
  });
}

function explained(error: ChildFailed, { dir }: Cluster, port: number): LaunchError {
  if (error.output.includes('could not bind')) {
    return new LaunchError(`Port ${port} is in use by another program, so the embedded PostgreSQL cannot start.`);
  }
  if (error.output.includes('postmaster.pid') || error.output.includes('pre-existing shared memory block')) {
    return new LaunchError(`The database in ${dir} is already in use by another process: stop that one first.`);
  }
  const fatal = error.output.split('\n').find((line) => /FATAL|PANIC|ERROR/.test(line)) ?? error.output;
  return new LaunchError(`The embedded PostgreSQL in ${dir} did not start: ${fatal.trim()}`);
}
