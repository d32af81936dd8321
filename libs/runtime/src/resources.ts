import type { NatsConnection } from '@nats-io/nats-core';
import type { ServiceName } from '@usher/contracts/rpc';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { connectNats } from '@usher/messaging/connect';
import type { LocalOperations } from '@usher/messaging/operation';
import { createLogger, type Logger } from './logger.js';
import type { Settings } from './settings/settings.js';

/** What a service runs on; in the standalone all services share one. */
export interface Resources {
  settings: Settings;
  nats: NatsConnection;
  database: Database;
  logger: Logger;
  /** Where all services share the process: their operations, reached without the bus. */
  local?: LocalOperations;
  close(): Promise<void>;
}

/** Connects to NATS (waiting for it if need be) and prepares the pool. */
export async function openResources(settings: Settings, service: ServiceName | 'standalone'): Promise<Resources> {
  const logger = createLogger(settings.logging, service);
  const nats = await connectNats({ servers: settings.usher.natsUrl, name: `usher ${service}` });
  const database = connectDatabase({
    url: settings.database.url,
    namespace: settings.database.namespace,
    maxConnections: settings.database.maxPoolSize,
    idleTimeoutMs: settings.database.connMaxIdleTime,
    maxLifetimeMs: settings.database.connMaxLifetime,
    applicationName: `usher ${service}`,
    namedStatements: settings.usher.databaseNamedStatements,
    onIdleError: (error) => logger.warn({ error }, 'a database connection broke'),
  });
  const close = async (): Promise<void> => {
    await nats.drain().catch(() => undefined);
    await database.pool.end();
  };
  return { settings, nats, database, logger, close };
}
