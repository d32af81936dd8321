import type { RequestContext } from '@usher/contracts/request-context';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { connectNats } from '@usher/messaging/connect';
import { RpcClient } from '@usher/messaging/rpc-client';
import { createLogger } from '@usher/runtime/logger';
import { readSettings } from '@usher/runtime/settings/settings';
import { startService } from '@usher/runtime/start-service';
import { startNats } from '@usher/testing/nats';
import { cloneDatabase } from '@usher/testing/postgres';
import { IdentityProvidersModule } from '../identity-providers.module.js';

const REQUIRED = {
  GOTRUE_SITE_URL: 'http://localhost:3000',
  API_EXTERNAL_URL: 'http://localhost:9999',
  GOTRUE_DB_DRIVER: 'postgres',
  GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
};

export const CONTEXT: RequestContext = {
  ...{ requestId: 'r', ip: '203.0.113.7', userAgent: 'Phone/1.0', audience: 'authenticated' },
  ...{ redirectTo: '', externalUrl: 'http://localhost:9999', origin: 'api' },
  actor: { type: 'system', id: null },
};

/** Settings of a provider that lives at `url`. */
export function providerAt(name: string, url: string): Record<string, string> {
  const prefix = `GOTRUE_EXTERNAL_${name.toUpperCase()}`;
  return {
    ...{ [`${prefix}_ENABLED`]: 'true', [`${prefix}_CLIENT_ID`]: `${name}-client`, [`${prefix}_URL`]: url },
    ...{ [`${prefix}_SECRET`]: `${name}-secret`, [`${prefix}_REDIRECT_URI`]: 'http://localhost:9999/callback' },
  };
}

export interface IdentityProvidersFixture {
  rpc: RpcClient;
  database: Database;
  close(): Promise<void>;
}

/** The service on a database and a nats-server of its own. */
export async function startIdentityProviders(environment: Record<string, string>): Promise<IdentityProvidersFixture> {
  const copy = await cloneDatabase();
  const settings = readSettings({ ...REQUIRED, DATABASE_URL: copy.url, ...environment });
  const database = connectDatabase({
    ...{ url: copy.url, maxConnections: 10, applicationName: 'test', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
  const server = await startNats();
  const nats = await connectNats({ servers: server.url, name: 'identity-providers test' });
  const logger = createLogger({ level: 'fatal', file: '' }, 'identity-providers');
  const service = await startService('identity-providers', IdentityProvidersModule, {
    ...{ settings, nats, database, logger },
    close: async () => undefined,
  });
  return {
    rpc: service.get(RpcClient, { strict: false }),
    database,
    close: async () => {
      await service.close();
      await nats.close();
      await server.stop();
      await database.pool.end();
      await copy.drop();
    },
  };
}
