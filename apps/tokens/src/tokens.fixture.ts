import type { NatsConnection } from '@nats-io/nats-core';
import type { INestApplicationContext } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import type { UserObject } from '@usher/contracts/user-object';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { connectNats } from '@usher/messaging/connect';
import { RpcClient } from '@usher/messaging/rpc-client';
import { createLogger } from '@usher/runtime/logger';
import { readSettings } from '@usher/runtime/settings/settings';
import { startService } from '@usher/runtime/start-service';
import { startNats } from '@usher/testing/nats';
import { cloneDatabase } from '@usher/testing/postgres';
import { v4 as uuid } from 'uuid';
import { RefreshTokensService } from './refresh-tokens/refresh-tokens.service.js';
import { BearerSessions } from './sessions/bearer-sessions.service.js';
import { SessionEndings } from './sessions/session-endings.service.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TokensModule } from './tokens.module.js';

const REQUIRED = {
  GOTRUE_SITE_URL: 'http://localhost:3000',
  API_EXTERNAL_URL: 'http://localhost:9999',
  GOTRUE_DB_DRIVER: 'postgres',
  GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
};

export const requestFrom = (ip: string, userAgent: string): RequestContext => ({
  ...{ requestId: 'r', ip, userAgent, audience: 'authenticated', redirectTo: '', externalUrl: '', origin: 'api' },
  actor: { type: 'system', id: null },
});

/** The whole service on a database and a nats-server of its own. */
export interface TokensFixture {
  database: Database;
  service: Pick<INestApplicationContext, 'get'>;
  sessions: SessionsService;
  bearers: BearerSessions;
  endings: SessionEndings;
  refreshTokens: RefreshTokensService;
  rpc: RpcClient;
  nats: NatsConnection;
  /** A new user, as sign-up leaves it. */
  user(): Promise<UserObject>;
  open(user: UserObject, context?: RequestContext): Promise<SessionObject>;
  refresh(token: string, context?: RequestContext): Promise<SessionObject>;
  rows<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const CONTEXT = requestFrom('203.0.113.7', 'Phone/1.0');
const bodyOf = (reply: JsonReply): SessionObject => JSON.parse(reply.body) as SessionObject;

export async function startTokens(environment: Record<string, string> = {}): Promise<TokensFixture> {
  const copy = await cloneDatabase();
  const settings = readSettings({ ...REQUIRED, DATABASE_URL: copy.url, ...environment });
  const database = connectDatabase({
    ...{ url: copy.url, maxConnections: 20, applicationName: 'tokens test', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
  const server = await startNats();
  const nats = await connectNats({ servers: server.url, name: 'tokens test' });
  const silent = createLogger({ level: 'error', file: '' }, 'tokens');
  const resources = { settings, nats, database, logger: silent, close: async () => undefined };
  const service = await startService('tokens', TokensModule, resources);
  const sessions = service.get(SessionsService, { strict: false });
  const bearers = service.get(BearerSessions, { strict: false });
  const endings = service.get(SessionEndings, { strict: false });
  const refreshTokens = service.get(RefreshTokensService, { strict: false });
  const rpc = service.get(RpcClient, { strict: false });
  const rows = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> =>
    database.rows(statement<Row>(`test.${sql.length}.${sql.slice(0, 40)}`, sql), values);
  return {
    ...{ database, sessions, bearers, endings, refreshTokens, rpc, nats, rows },
    service,
    user: () => insertUser(database),
    open: async (user, context = CONTEXT) =>
      bodyOf(await sessions.open({ signIn: { user, method: 'password', isSsoUser: false } }, context)),
    refresh: async (token, context = CONTEXT) => bodyOf(await refreshTokens.refresh(token, context)),
    close: async () => {
      await service.close();
      await nats.close();
      await server.stop();
      await database.pool.end();
      await copy.drop();
    },
  };
}

async function insertUser(database: Database): Promise<UserObject> {
  const id = uuid();
  const email = `${id}@example.com`;
  await database.pool.query(
    `INSERT INTO users (instance_id, id, aud, role, email, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
     VALUES ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, '{}', '{}', now(), now())`,
    [id, email],
  );
  const time = new Date().toISOString();
  return {
    ...{ id, email, aud: 'authenticated', role: 'authenticated', phone: '', identities: [], is_anonymous: false },
    ...{ app_metadata: {}, user_metadata: {}, created_at: time, updated_at: time },
  };
}
