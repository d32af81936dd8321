import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestMicroservice } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import { MESSAGES_POKE, type QueuedNotification } from '@usher/contracts/messenger/messages.contract';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { connectNats } from '@usher/messaging/connect';
import { createLogger } from '@usher/runtime/logger';
import { readSettings } from '@usher/runtime/settings/settings';
import { startService } from '@usher/runtime/start-service';
import { eventually } from '@usher/testing/eventually';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { startSmtpSink, type SmtpSink } from '@usher/testing/smtp-sink';
import { MessengerModule } from '../messenger.module.js';

const HOUR_MS = 3_600_000;

describe('queued notifications', () => {
  let sink: SmtpSink;
  let server: TestNats;
  let nats: NatsConnection;
  let copy: TestDatabase;
  let database: Database;
  const replicas: INestMicroservice[] = [];

  beforeAll(async () => {
    [sink, server, copy] = await Promise.all([startSmtpSink(), startNats(), cloneDatabase()]);
    nats = await connectNats({ servers: server.url, name: 'messenger test' });
    database = connectDatabase({
      ...{
        url: copy.url,
        maxConnections: 20,
        applicationName: 'messenger test',
        namespace: 'auth',
        namedStatements: true,
      },
      onIdleError: () => undefined,
    });
    const settings = readSettings({
      ...{
        DATABASE_URL: copy.url,
        GOTRUE_DB_DRIVER: 'postgres',
        GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      },
      ...{ GOTRUE_SITE_URL: 'http://localhost:3000', API_EXTERNAL_URL: 'http://localhost:9999' },
      ...{
        GOTRUE_SMTP_HOST: sink.host,
        GOTRUE_SMTP_PORT: String(sink.port),
        GOTRUE_SMTP_ADMIN_EMAIL: 'auth@example.com',
      },
      GOTRUE_RATE_LIMIT_EMAIL_SENT: '1000',
      GOTRUE_EXTERNAL_EMAIL_AUTHORIZED_ADDRESSES: [...Array(30).keys()].map((n) => `user${n}@example.com`).join(','),
    });
    const logger = createLogger({ level: 'fatal', file: '' }, 'messenger');
    const resources = { settings, nats, database, logger, close: async () => undefined };
    for (let n = 0; n < 2; n++) replicas.push(await startService('messenger', MessengerModule, resources));
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    await nats.close();
    await server.stop();
    await database.pool.end();
    await Promise.all([copy.drop(), sink.stop()]);
  });

  const notification = (to: string): QueuedNotification => ({
    notification: 'email_changed_notification',
    user: {
      ...{
        id: randomUUID(),
        email: 'new@example.com',
        aud: '',
        role: '',
        phone: '',
        identities: [],
        is_anonymous: false,
      },
      ...{ app_metadata: {}, user_metadata: {}, created_at: '', updated_at: '' },
    },
    to,
    variables: { OldEmail: to },
  });

  async function append(to: string, expires = new Date(Date.now() + HOUR_MS)): Promise<string> {
    const id = randomUUID();
    await database.pool.query(
      `INSERT INTO auth_events.messages (id, kind, payload, expires_at) VALUES ($1, 'email', $2, $3)`,
      [id, JSON.stringify(notification(to)), expires],
    );
    nats.publish(MESSAGES_POKE);
    return id;
  }

  const row = async (id: string) =>
    (await database.pool.query('SELECT attempts, last_error FROM auth_events.messages WHERE id = $1', [id])).rows[0] as
      { attempts: number; last_error: string | null } | undefined;
  const count = async () =>
    Number((await database.pool.query('SELECT count(*) FROM auth_events.messages')).rows[0].count);
  const goneFrom = (id: string) => eventually(async () => !(await row(id)), { what: 'the row to go' });

  it('are sent once each by two replicas, and leave nothing behind', async () => {
    const addresses = [...Array(30).keys()].map((n) => `user${n}@example.com`);
    await Promise.all(addresses.map((address) => append(address)));
    await eventually(async () => (await count()) === 0, { what: 'an empty queue' });
    expect(sink.mails.map(({ to }) => to[0]).sort()).toEqual([...addresses].sort());
    expect(sink.mails[0]).toMatchObject({ subject: 'Your email address was changed' });
    expect(sink.mails[0]!.html).toContain('new@example.com');
  });

  it('wait when the mail server refuses for the moment, and are sent afterwards', async () => {
    sink.mails.length = 0;
    sink.refuse(1);
    const id = await append('user1@example.com');
    await eventually(async () => (await row(id))?.last_error, { what: 'a failed attempt' });
    await database.pool.query('UPDATE auth_events.messages SET next_attempt_at = now() WHERE id = $1', [id]);
    await goneFrom(id);
    expect(sink.mails.map(({ to }) => to)).toEqual([['user1@example.com']]);
  });

  it('to an address that may not be written to are given up', async () => {
    sink.mails.length = 0;
    await goneFrom(await append('stranger@example.com'));
    expect(sink.mails).toEqual([]);
  });

  it('that are too old are not sent', async () => {
    sink.mails.length = 0;
    await append('user2@example.com', new Date(Date.now() - 1));
    await goneFrom(await append('user3@example.com'));
    expect(sink.mails.map(({ to }) => to)).toEqual([['user3@example.com']]);
  });

  it('of a process that died while sending are sent by another', async () => {
    sink.mails.length = 0;
    const id = randomUUID();
    await database.pool.query(
      `INSERT INTO auth_events.messages (id, kind, payload, expires_at, attempts, next_attempt_at)
       VALUES ($1, 'email', $2, now() + interval '1 hour', 1, now() - interval '1 second')`,
      [id, JSON.stringify(notification('user4@example.com'))],
    );
    await goneFrom(id);
    expect(sink.mails.map(({ to }) => to)).toEqual([['user4@example.com']]);
  });
});
