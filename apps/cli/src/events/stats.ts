import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  consumerControlSubject,
  DEAD_LETTERS_STREAM,
  type ConsumerStats,
} from '@usher/contracts/events/dead-letters.contract';
import type { FeedStats } from '@usher/contracts/events/stats.contract';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';
import { findSource } from './find-source.js';
import { openNats } from './find-nats.js';
import type { NatsFlags, SourceFlags } from './flags.js';
import { getJson } from './get-json.js';
import { newestCursor } from './pages.js';
import { print, printJson, table } from './table.js';

interface DurableStats extends Partial<ConsumerStats> {
  consumer: string;
  pending: number;
  unacknowledged: number;
  running: boolean;
}

/** `usher events stats`: how far the feed, the stream, its consumers and the webhooks are. */
export async function stats(flags: SourceFlags & NatsFlags): Promise<void> {
  const source = findSource(flags);
  const feed = await getJson<Partial<FeedStats>>(source, '/events/stats');
  const cursor = feed?.cursor ?? (await newestCursor(source));
  const stream = await streamStats(flags).catch((error: Error) => error);
  if (flags.json) return printJson({ cursor, ...feed, stream: stream instanceof Error ? null : stream });
  print(`feed       newest event #${Number(cursor)}\n`);
  if (feed?.outbox) {
    const { unnumbered, unpublished, oldest_seconds } = feed.outbox;
    print(`outbox     ${unnumbered} unnumbered, ${unpublished} unpublished, oldest ${oldest_seconds} s\n`);
  }
  if (stream instanceof Error) return print(`stream     not reached: ${stream.message}\n`);
  print(`stream     ${stream.messages} events, ${stream.dead_letters} dead letters\n\n`);
  print(durables(stream.consumers));
  if (feed?.endpoints?.length)
    print(
      `\n${table(
        ['WEBHOOK', 'STATUS', 'LAG', 'URL'],
        feed.endpoints.map(({ id, status, lag, url }) => [id, status, lag, url]),
      )}`,
    );
}

function durables(consumers: DurableStats[]): string {
  if (!consumers.length) return 'no durable consumers\n';
  return table(
    ['CONSUMER', 'LAG', 'SECONDS', 'PARKED USERS', 'PARKED EVENTS', 'STATE'],
    consumers.map((c) => [
      c.consumer,
      c.pending + c.unacknowledged,
      Math.round(c.lag_seconds ?? 0),
      c.parked_subjects ?? 0,
      c.parked_events ?? 0,
      c.running ? 'running' : 'not running',
    ]),
  );
}

async function streamStats(flags: NatsFlags) {
  const nats = await openNats(flags);
  try {
    const manager = await jetstreamManager(nats, { checkAPI: false });
    const { state } = await manager.streams.info(EVENTS_STREAM);
    const letters = await manager.streams.info(DEAD_LETTERS_STREAM).catch(() => undefined);
    const consumers: DurableStats[] = [];
    for await (const { name, config, num_pending, num_ack_pending } of manager.consumers.list(EVENTS_STREAM)) {
      if (!config.durable_name) continue;
      const own = await ask(nats, name);
      consumers.push({
        ...own,
        consumer: name,
        pending: num_pending,
        unacknowledged: num_ack_pending,
        running: Boolean(own),
      });
    }
    return { messages: state.messages, dead_letters: letters?.state.messages ?? 0, consumers };
  } finally {
    await nats.close();
  }
}

async function ask(nats: NatsConnection, consumer: string): Promise<ConsumerStats | undefined> {
  try {
    return (await nats.request(consumerControlSubject(consumer, 'stats'), '', { timeout: 2_000 })).json();
  } catch {
    return undefined;
  }
}
