import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Resources } from '@usher/runtime/resources';
import { Outbox } from '@usher/messaging/outbox';
import { eventually } from '@usher/testing/eventually';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { appendEvents, CONTEXT, openTestResources, startEvents } from '../events-service.fixture.js';

let nats: TestNats;
let database: TestDatabase;
let writer: Resources;

beforeAll(async () => {
  [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  writer = await openTestResources(database.url, nats.url);
});
afterAll(async () => {
  await writer.close();
  await Promise.all([nats.stop(), database.drop()]);
});

interface Numbered {
  subject_id: string;
  version: number;
  position: number;
}

async function allNumbered(count: number): Promise<Numbered[]> {
  const query =
    'SELECT subject_id, version, position FROM auth_events.outbox WHERE position IS NOT NULL ORDER BY position';
  return eventually(
    async () => {
      const { rows } = await writer.database.pool.query<Numbered>(query);
      return rows.length >= count ? rows : undefined;
    },
    { timeoutMs: 20_000, what: `${count} numbered events` },
  );
}

function expectDenseAndOrdered(rows: Numbered[]): void {
  expect(rows.map((row) => row.position)).toEqual(rows.map((_, n) => n + 1));
  const versions = new Map<string, number>();
  for (const { subject_id, version } of rows) {
    expect(version).toBe((versions.get(subject_id) ?? 0) + 1);
    versions.set(subject_id, version);
  }
}

describe('numbering', () => {
  it('is dense and in the order of versions with 32 writers on the same users and two services', async () => {
    const users = Array.from({ length: 5 }, () => randomUUID());
    const services = [await startEvents(database.url, nats.url), await startEvents(database.url, nats.url)];
    const outbox = new Outbox(writer.nats);
    const write = async (n: number): Promise<void> => {
      for (let i = 0; i < 20; i++)
        await writer.database.transaction((tx) =>
          outbox.append(
            tx,
            CONTEXT,
            null,
            { type: 'user.updated', subject: users[(n + i) % 5]!, record: {} },
            { type: 'session.created', subject: users[(n + i) % 5]!, record: {} },
          ),
        );
    };
    await Promise.all(Array.from({ length: 32 }, (_, n) => write(n)));

    expectDenseAndOrdered(await allNumbered(1280));
    await Promise.all(services.map((service) => service.close()));
  });

  it('stays dense when number_events is called by several at once', async () => {
    await appendEvents(writer.database, writer.nats, randomUUID(), 200);
    const number = (): Promise<unknown> => writer.database.pool.query('SELECT auth_events.number_events(7)');
    for (let n = 0; n < 8; n++) await Promise.all(Array.from({ length: 6 }, number));

    expectDenseAndOrdered(await allNumbered(1480));
  });

  it('gives a transaction that commits late a later position', async () => {
    const service = await startEvents(database.url, nats.url);
    const outbox = new Outbox(writer.nats);
    const [late, early] = [randomUUID(), randomUUID()];
    await writer.database.transaction(async (tx) => {
      await outbox.append(tx, CONTEXT, null, { type: 'user.created', subject: late, record: {} });
      await appendEvents(writer.database, writer.nats, early, 3);
      await allNumbered(1483);
    });
    const rows = await allNumbered(1484);

    expectDenseAndOrdered(rows);
    expect(rows.at(-1)!.subject_id).toBe(late);
    await service.close();
  });

  it('is taken over when the connection of the leader ends', async () => {
    const service = await startEvents(database.url, nats.url);
    await appendEvents(writer.database, writer.nats, randomUUID(), 1);
    await allNumbered(1485);
    await writer.database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'usher events numbering' AND datname = current_database()`,
    );
    await appendEvents(writer.database, writer.nats, randomUUID(), 1);

    expectDenseAndOrdered(await allNumbered(1486));
    await service.close();
  });
});
