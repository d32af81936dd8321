import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { eventually } from '@usher/testing/eventually';
import { startHttpSink, type HttpSink } from '@usher/testing/http-sink';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import pg from 'pg';
import type { AuthEvent } from './auth-event.js';
import { AuthEventsModule, OnAuthEvent } from './nest.js';
import type { Delivery } from './options.js';

let database: TestDatabase;
let pool: pg.Pool;
let feed: HttpSink;
const user = randomUUID();

const event = (type: string, version: number) => ({
  id: randomUUID(),
  type: `auth.${type}`,
  subject: user,
  subjectversion: version,
  time: new Date().toISOString(),
  sequence: String(version).padStart(20, '0'),
  data: { record: { email: 'ada@example.com' }, previous: null, changed: [], context: {} },
});

beforeAll(async () => {
  [database, feed] = await Promise.all([cloneDatabase(), startHttpSink()]);
  pool = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
  await pool.query('CREATE TABLE contacts (email text); CREATE TABLE farewells (email text)');
  const data = [event('user.created', 1), event('session.created', 2), event('user.deleted', 3)];
  feed.answer(({ path }) => ({
    body: { data: path.includes('after=') ? [] : data, cursor: data[2]!.sequence, has_more: false },
  }));
});
afterAll(async () => {
  await pool.end();
  await Promise.all([database.drop(), feed.stop()]);
});

@Injectable()
class Contacts {
  readonly seen: string[] = [];

  @OnAuthEvent('user.created')
  async greet({ type, data }: AuthEvent, { client }: Delivery): Promise<void> {
    this.seen.push(type);
    await client.query('INSERT INTO contacts VALUES ($1)', [data.record.email]);
  }

  @OnAuthEvent('user.deleted', 'user.banned')
  async part({ type, data }: AuthEvent, { client }: Delivery): Promise<void> {
    this.seen.push(type);
    await client.query('INSERT INTO farewells VALUES ($1)', [data.record.email]);
  }
}

describe('the Nest module', () => {
  it('hands each event to the methods that are marked with its type, and stops with the application', async () => {
    @Module({
      imports: [
        AuthEventsModule.forRoot({ url: feed.url, key: 'secret', pollMs: 50, durable: 'nest', inbox: { pool } }),
      ],
      providers: [Contacts],
    })
    class App {}
    const app = await NestFactory.createApplicationContext(App, { logger: false });
    const contacts = app.get(Contacts);
    await eventually(() => contacts.seen.length === 2);
    await eventually(async () => (await pool.query('SELECT FROM farewells')).rowCount === 1);
    await app.close();
    const asked = feed.requests.length;

    expect(contacts.seen).toEqual(['auth.user.created', 'auth.user.deleted']);
    expect((await pool.query('SELECT email FROM contacts')).rows).toEqual([{ email: 'ada@example.com' }]);
    expect(feed.requests.length).toBe(asked);
  });
});
