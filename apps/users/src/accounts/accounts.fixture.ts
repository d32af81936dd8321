import type { INestApplicationContext } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import { connectDatabase } from '@usher/database/connect';
import { statement } from '@usher/database/statement';
import { connectNats } from '@usher/messaging/connect';
import { RpcClient } from '@usher/messaging/rpc-client';
import { createLogger } from '@usher/runtime/logger';
import { readSettings } from '@usher/runtime/settings/settings';
import { startService } from '@usher/runtime/start-service';
import { startNats } from '@usher/testing/nats';
import { cloneDatabase } from '@usher/testing/postgres';
import { UsersModule } from '../users.module.js';

const REQUIRED = {
  GOTRUE_SITE_URL: 'http://localhost:3000',
  API_EXTERNAL_URL: 'http://localhost:9999',
  GOTRUE_DB_DRIVER: 'postgres',
  GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  GOTRUE_JWT_DEFAULT_GROUP_NAME: 'authenticated',
  GOTRUE_MAILER_AUTOCONFIRM: 'true',
};

export const CONTEXT: RequestContext = {
  ...{ requestId: 'r', ip: '203.0.113.7', userAgent: 'Phone/1.0', audience: 'authenticated' },
  ...{ redirectTo: '', externalUrl: 'http://localhost:9999', origin: 'api' },
  actor: { type: 'system', id: null },
};

export const bearerOf = (sub: string, sessionId: string | null = null): Bearer => ({
  ...{ sub, sessionId, role: 'authenticated', aud: ['authenticated'], aal: 'aal1' },
});

/** The service on a database and a nats-server of its own, called as the gateway calls it. */
export interface AccountsFixture {
  rpc: RpcClient;
  service: Pick<INestApplicationContext, 'get'>;
  /** Runs `work` while another connection holds what the statement locks. */
  holding(sql: string, work: () => Promise<void>): Promise<void>;
  rows<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function startAccounts(environment: Record<string, string> = {}): Promise<AccountsFixture> {
  const copy = await cloneDatabase();
  const settings = readSettings({ ...REQUIRED, DATABASE_URL: copy.url, ...environment });
  const database = connectDatabase({
    ...{ url: copy.url, maxConnections: 20, applicationName: 'users test', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
  const server = await startNats();
  const nats = await connectNats({ servers: server.url, name: 'users test' });
  const logger = createLogger({ level: 'fatal', file: '' }, 'users');
  const service = await startService('users', UsersModule, {
    ...{ settings, nats, database, logger },
    close: async () => undefined,
  });
  return {
    rpc: service.get(RpcClient, { strict: false }),
    service,
    holding: (sql, work) =>
      database.transaction(async (tx) => {
        await tx.run(statement(`test.hold.${sql.length}`, sql));
        await work();
      }),
    rows: (sql, ...values) => database.rows(statement(`test.${sql.length}.${sql.slice(0, 40)}`, sql), values),
    close: async () => {
      await service.close();
      await nats.close();
      await server.stop();
      await database.pool.end();
      await copy.drop();
    },
  };
}
