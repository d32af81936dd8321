import pg from 'pg';
import { Database } from './database.js';
import { valueParsers } from './value-parsers.js';

export interface ConnectOptions {
  url: string;
  /** Most connections at once; the reference's 0 (unlimited) is taken as 20. */
  maxConnections: number;
  applicationName: string;
  namespace: string;
  namedStatements: boolean;
  /** ms after which an idle connection is closed, 0 = never. */
  idleTimeoutMs?: number;
  /** ms after which a connection is replaced, 0 = never. */
  maxLifetimeMs?: number;
  onIdleError: (error: Error) => void;
}

/** Opens the pool; connections are made when first used. */
export function connectDatabase(options: ConnectOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections || 20,
    application_name: options.applicationName,
    types: valueParsers,
    options: `-c timezone=UTC -c search_path=${options.namespace}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: options.idleTimeoutMs ?? 60_000,
    maxLifetimeSeconds: Math.ceil((options.maxLifetimeMs ?? 0) / 1000),
  });
  // A server that restarts breaks idle connections; unheard, that would end the process.
  pool.on('error', options.onIdleError);
  return new Database(pool, options.namedStatements);
}
