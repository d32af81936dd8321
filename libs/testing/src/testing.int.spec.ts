import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { startHttpSink } from './http-sink.js';
import { startNats } from './nats.js';
import type { TestNats } from './nats.js';
import { cloneDatabase, preparedDatabase } from './postgres.js';
import { startSmtpSink } from './smtp-sink.js';

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('databases for tests', () => {
  it('gives each caller a migrated database of its own', async () => {
    const [first, second] = await Promise.all([cloneDatabase(), cloneDatabase()]);
    await query(first.url, `insert into auth.users (id, instance_id) values (gen_random_uuid(), gen_random_uuid())`);
    expect(await query(second.url, 'select count(*)::int as n from auth.users')).toEqual([{ n: 0 }]);
    await Promise.all([first.drop(), second.drop()]);
  });

  it('gives a prepared database in which the product may make its schemas', async () => {
    const database = await preparedDatabase();
    expect(await query(database.url, `select from pg_tables where schemaname = 'auth'`)).toEqual([]);
    await query(database.url, 'create schema ours');
    await database.drop();
  });
});

describe('nats-server for tests', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(() => nats.stop());

  it('has JetStream, wants a password, and keeps its streams over a restart', async () => {
    const servers = `127.0.0.1:${nats.port}`;
    await expect(connect({ servers, reconnect: false })).rejects.toThrow(/authorization/i);
    const before = await connect({ servers, ...nats.credentials });
    await (await jetstreamManager(before)).streams.add({ name: 'S', subjects: ['s.>'] });
    await before.close();
    await nats.restart();
    const after = await connect({ servers, ...nats.credentials });
    expect((await (await jetstreamManager(after)).streams.info('S')).config.subjects).toEqual(['s.>']);
    await after.close();
  });
});

describe('stand-ins for the outside world', () => {
  it('hands out each mail once, decoded', async () => {
    const sink = await startSmtpSink();
    const transport = nodemailer.createTransport({ host: sink.host, port: sink.port });
    const mail = {
      from: 'a@example.org',
      to: 'Ö <B@example.org>',
      subject: 'Grüße',
      text: 'a = ü',
      html: '<a href="http://x/?a=1&amp;b=2">',
    };
    sink.refuse(1);
    await expect(transport.sendMail(mail)).rejects.toThrow(/451/);
    await transport.sendMail(mail);
    await transport.sendMail({ ...mail, subject: 'second' });
    const [first, second] = [await sink.waitForMail('b@example.org'), await sink.waitForMail('b@example.org')];
    expect(first).toMatchObject({ from: 'a@example.org', subject: 'Grüße', links: ['http://x/?a=1&b=2'] });
    expect(first.text.trim()).toBe('a = ü');
    expect(second.subject).toBe('second');
    await expect(sink.waitForMail('b@example.org', 50)).rejects.toThrow('a mail to b@example.org');
    transport.close();
    await sink.stop();
  });

  it('records requests and answers as told', async () => {
    const sink = await startHttpSink();
    sink.answer({ status: 204 });
    sink.answerOnce((request) => ({ status: 201, body: { echo: request.body } }));
    const first = await fetch(`${sink.url}/hook?x=1`, { method: 'POST', body: 'hello' });
    expect([first.status, await first.json()]).toEqual([201, { echo: 'hello' }]);
    expect((await fetch(sink.url)).status).toBe(204);
    expect(await sink.waitForRequest(({ method }) => method === 'POST')).toMatchObject({
      path: '/hook?x=1',
      body: 'hello',
    });
    await sink.stop();
  });
});
