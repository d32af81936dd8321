import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChildFailed, startChild } from './child.js';
import type { Child } from './child.js';
import { findNatsServer } from './find-nats-server.js';
import { freePort } from './free-port.js';
import { LaunchError } from './launch-error.js';
import { processEnvironment } from '../settings/load-environment.js';
import { natsServerName } from './nats-server-name.js';

export interface NatsServerOptions {
  /** Holds the JetStream files, the configuration of this run and the log; made if it is missing. */
  dataDir: string;
  /** Default: a free one. Always on 127.0.0.1. */
  port?: number;
  /** Setting NATS_SERVER_BIN. Default: an installed nats-server, else one that is fetched. */
  binary?: string;
  /** Where a fetched binary is kept. Default: `.data/bin`. */
  cacheDir?: string;
  /** Further lines of the server's configuration. With an `authorization` or `accounts` block of its own, see `credentials`. */
  config?: string;
  /** Of the one user. Default: made up for this run. `null`: `config` says who may connect. */
  credentials?: NatsCredentials | null;
  log: (line: string) => void;
}

export interface NatsCredentials {
  user: string;
  pass: string;
}

export interface NatsServer {
  port: number;
  /** `nats://user:password@127.0.0.1:port`; without user and password if `credentials` was null. */
  url: string;
  /** For clients that take no password in the URL. */
  credentials: NatsCredentials | null;
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Who runs on this data directory, so that a second server does not write into the files of the first. */
interface Owner {
  name: string;
  port: number;
}

/**
 * Starts a nats-server with JetStream on the loopback interface and waits until it takes connections. Other users of the
 * machine can reach the port, hence the password, in a file that is ours alone.
 * @throws LaunchError for what the user can mend: no binary, port or data in use.
 */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const dataDir = path.resolve(options.dataDir);
  const binary = await findNatsServer({
    binary: options.binary,
    searchPath: processEnvironment().PATH ?? '',
    cacheDir: options.cacheDir ?? '.data/bin',
    log: options.log,
  });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await refuseSecondServer(dataDir);
  const credentials = options.credentials === undefined ? randomCredentials() : options.credentials;
  const { port, child } = await startOnPort(binary, dataDir, credentials, options);
  const login = credentials ? `${credentials.user}:${encodeURIComponent(credentials.pass)}@` : '';
  return {
    port,
    url: `nats://${login}127.0.0.1:${port}`,
    credentials,
    exited: child.exited,
    stop: () => child.stop(),
  };
}

function randomCredentials(): NatsCredentials {
  return { user: 'usher', pass: randomBytes(24).toString('base64url') };
}

async function refuseSecondServer(dataDir: string): Promise<void> {
  const owner = readOwner(dataDir);
  if (!owner || (await natsServerName(owner.port)) !== owner.name) return;
  throw new LaunchError(
    `The NATS data in ${dataDir} is already in use by another process: stop that one first, or choose another data directory.`,
  );
}

function readOwner(dataDir: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path.join(dataDir, 'owner.json'), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

async function startOnPort(
  binary: string,
  dataDir: string,
  credentials: NatsCredentials | null,
  options: NatsServerOptions,
): Promise<{ port: number; child: Child }> {
  // A free port can be taken by somebody else before the server gets to it.
  for (let attempt = 1; ; attempt++) {
    const owner = { name: `usher-${randomBytes(9).toString('base64url')}`, port: options.port ?? (await freePort()) };
    try {
      return {
        port: owner.port,
        child: await startServer(binary, dataDir, configuration(owner, dataDir, credentials, options.config), owner),
      };
    } catch (error) {
      if (!(error instanceof ChildFailed)) throw error;
      const portBusy = error.output.includes('address already in use');
      if (portBusy && options.port === undefined && attempt < 3) continue;
      throw explained(error, owner.port, portBusy);
    }
  }
}

async function startServer(binary: string, dataDir: string, config: string, owner: Owner): Promise<Child> {
  const configFile = path.join(dataDir, 'nats.conf');
  rmSync(configFile, { force: true });
  writeFileSync(configFile, config, { mode: 0o600 });
  const child = await startChild(binary, ['-c', configFile], {
    stopSignal: 'TERM',
    ready: /Server is ready/,
    logFile: path.join(dataDir, 'nats.log'),
  });
  writeFileSync(path.join(dataDir, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });
  return child;
}

function configuration(owner: Owner, dataDir: string, credentials: NatsCredentials | null, further = ''): string {
  const login =
    credentials &&
    `authorization { user: ${JSON.stringify(credentials.user)}, password: ${JSON.stringify(credentials.pass)} }`;
  return [
    'host: 127.0.0.1',
    `port: ${owner.port}`,
    `server_name: ${JSON.stringify(owner.name)}`,
    `jetstream { store_dir: ${JSON.stringify(path.join(dataDir, 'store'))} }`,
    login ?? '',
    further,
    '',
  ].join('\n');
}

function explained(error: ChildFailed, port: number, portBusy: boolean): LaunchError {
  if (portBusy) return new LaunchError(`Port ${port} is in use by another program, so nats-server cannot start.`);
  const fatal = error.output.split('\n').find((line) => /\[FTL\]|\[ERR\]|nats-server:/.test(line)) ?? error.output;
  return new LaunchError(`nats-server did not start: ${fatal.trim()}`);
}
