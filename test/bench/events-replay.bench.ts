import { expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { listEvents } from '@usher/contracts/events/feed.contract';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';
import { RpcClient } from '@usher/messaging/rpc-client';
import { eventually } from '@usher/testing/eventually';
import { startNats } from '@usher/testing/nats';
import { cloneDatabase } from '@usher/testing/postgres';
import { CONTEXT, startEvents } from '../../apps/events/src/events-service.fixture.js';

const COUNT = 60_000;

/** Events a second of numbering, publishing and both kinds of replay; the command stands in docs/performance.md. */
it('replays', async () => {
  const [nats, database] = await Promise.all([startNats(), cloneDatabase()]);
  const events = await startEvents(database.url, nats.url);
  const say = (what: string, start: number): boolean =>
    process.stderr.write(`${what}: ${Math.round((COUNT / (performance.now() - start)) * 1_000)}/s\n`);
  await events.database.pool.query(
    `INSERT INTO auth_events.outbox (id, subject_id, version, type, actor_type, origin, data)
     SELECT gen_random_uuid(), gen_random_uuid(), 1, 'user.created', 'system', 'api', jsonb_build_object(
       'record', jsonb_build_object('id', gen_random_uuid(), 'email', 'someone' || n || '@example.org'),
       'previous', null, 'changed', '[]'::jsonb, 'context', '{"ip":"192.0.2.1"}'::jsonb)
     FROM generate_series(1, $1) n`,
    [COUNT],
  );
  const start = performance.now();
  const last = 'SELECT last_position AS last FROM auth_events.feed_state';
  await eventually(async () => (await events.database.pool.query(last)).rows[0].last >= COUNT, { timeoutMs: 60_000 });
  say('numbering', start);
  const manager = await jetstreamManager(events.nats, { checkAPI: false });
  const stored = async () => (await manager.streams.info(EVENTS_STREAM)).state.messages >= COUNT;
  await eventually(stored, { timeoutMs: 120_000 });
  say('numbering and publishing', start);

  const [rpc, listing] = [new RpcClient(events.nats, 10_000), performance.now()];
  let listed = 0;
  for (let after: string | undefined, more = true; more;) {
    const page = await rpc.call(listEvents, { after, limit: 1_000 }, CONTEXT);
    listed += page.data.length;
    [after, more] = [page.cursor, page.has_more];
  }
  say('list', listing);

  const consuming = performance.now();
  const consumer = await jetstream(events.nats).consumers.get(EVENTS_STREAM);
  let consumed = 0;
  for await (const _ of await consumer.consume({ max_messages: 5_000 })) if (++consumed === COUNT) break;
  say('JetStream', consuming);
  expect([listed, consumed]).toEqual([COUNT, COUNT]);
  await events.close();
  await Promise.all([nats.stop(), database.drop()]);
}, 300_000);
