import type { RequestContext } from '@usher/contracts/request-context';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { connectNats } from '@usher/messaging/connect';
import { Outbox } from '@usher/messaging/outbox';
import { createLogger } from '@usher/runtime/logger';
import type { Resources } from '@usher/runtime/resources';
import { readSettings } from '@usher/runtime/settings/settings';
import { startService } from '@usher/runtime/start-service';
import type { NatsConnection } from '@nats-io/nats-core';
import { EventsModule } from './events.module.js';

export const CONTEXT: RequestContext = {
  requestId: 'test',
  ip: '192.0.2.1',
  userAgent: 'test "agent" é',
  audience: 'authenticated',
  redirectTo: '',
  externalUrl: '',
  origin: 'api',
  actor: { type: 'system', id: null },
};

export function serviceEnvironment(databaseUrl: string, natsUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    NATS_URL: natsUrl,
    API_EXTERNAL_URL: 'http://auth.example/auth/v1/',
    GOTRUE_SITE_URL: 'http://app.example',
    GOTRUE_JWT_SECRET: 'a secret of the tests, long enough for HS256',
    GOTRUE_DB_DRIVER: 'postgres',
    GOTRUE_LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'error',
  };
}

export async function openTestResources(
  databaseUrl: string,
  natsUrl: string,
  environment: Record<string, string> = {},
): Promise<Resources> {
  const settings = readSettings({ ...serviceEnvironment(databaseUrl, natsUrl), ...environment });
  const nats = await connectNats({ servers: natsUrl, name: 'test' });
  const database = connectDatabase({
    url: databaseUrl,
    maxConnections: 40,
    applicationName: 'test',
    namespace: 'auth',
    namedStatements: true,
    onIdleError: () => undefined,
  });
  const close = async (): Promise<void> => {
    await nats.close();
    await database.pool.end();
  };
  return { settings, nats, database, logger: createLogger(settings.logging, 'events'), close };
}

/** The events service in this process; `close` ends it and its connections. */
export async function startEvents(
  databaseUrl: string,
  natsUrl: string,
  environment: Record<string, string> = {},
): Promise<Resources> {
  const resources = await openTestResources(databaseUrl, natsUrl, environment);
  const app = await startService('events', EventsModule, resources);
  const close = async (): Promise<void> => {
    await app.close();
    await resources.close();
  };
  return { ...resources, close };
}

/** Appends `count` events to a subject, each in a transaction of its own. */
export async function appendEvents(
  database: Database,
  nats: NatsConnection,
  subject: string,
  count = 1,
): Promise<void> {
  const outbox = new Outbox(nats);
  for (let n = 0; n < count; n++)
    await database.transaction((tx) =>
      outbox.append(tx, CONTEXT, null, { type: 'user.updated', subject, record: { id: subject, n } }),
    );
}
