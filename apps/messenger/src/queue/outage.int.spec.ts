import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { QueuedNotification } from '@usher/contracts/messenger/messages.contract';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { createLogger } from '@usher/runtime/logger';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import type { EmailsService } from '../emails/emails.service.js';
import { MessagesRepository } from './messages.repository.js';
import { QueueService } from './queue.service.js';

const START = Date.parse('2026-01-01T12:00:00Z');
const MINUTE = 60_000;
const DOWN_UNTIL = START + 10 * MINUTE;

let copy: TestDatabase;
let database: Database;
beforeAll(async () => {
  copy = await cloneDatabase();
  database = connectDatabase({
    ...{ url: copy.url, maxConnections: 5, applicationName: 'outage', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
});
afterAll(async () => {
  await database.pool.end();
  await copy.drop();
});

it('none is lost and none is sent twice when the mail server is down for ten minutes', async () => {
  let now = START;
  const sent: string[] = [];
  const attempts = new Map<string, number>();
  const notify = async ({ to }: QueuedNotification): Promise<void> => {
    attempts.set(to, (attempts.get(to) ?? 0) + 1);
    if (now < DOWN_UNTIL) throw new Error('connect ECONNREFUSED');
    sent.push(to);
  };
  const queue = new QueueService(
    new MessagesRepository(database),
    { notify } as unknown as EmailsService,
    { now: () => new Date(now) },
    createLogger({ level: 'fatal', file: '' }, 'messenger'),
  );
  const everybody = [...Array(25).keys()].map((n) => `user${n}@example.com`);
  for (const to of everybody)
    await database.pool.query(
      `INSERT INTO auth_events.messages (id, kind, payload, created_at, next_attempt_at, expires_at)
       VALUES ($1, 'email', $2, $3, $3, $3::timestamptz + interval '1 day')`,
      [randomUUID(), JSON.stringify({ to, notification: 'password_changed_notification' }), new Date(now)],
    );
  for (; now < START + 40 * MINUTE; now += 5_000) while ((await queue.sendDue()).full);
  expect(sent.sort()).toEqual(everybody.sort());
  expect((await database.pool.query('SELECT 1 FROM auth_events.messages')).rowCount).toBe(0);
  // A server that is down is not knocked at without pause.
  expect(Math.max(...attempts.values())).toBeLessThan(15);
}, 60_000);
