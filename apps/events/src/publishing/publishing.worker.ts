import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { EVENTS_STREAM, FEED_POKE } from '@usher/contracts/events/streams';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { LeaderClient } from '../leadership/leader.client.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { Alarm } from '../pacing/alarm.js';
import { pollDelay } from '../pacing/poll-delay.js';
import { StreamsClient } from '../streams/streams.client.js';
import { FeedProgress } from './feed-progress.js';
import { BatchRefused, PublisherClient } from './publisher.client.js';
import { StreamCatchUp, type StreamMark } from './stream-catch-up.service.js';

const BATCH = 250;
const RETRY_MS = 500;
/** How often an idle publisher looks whether its stream is still there. */
const CHECK_MS = 5_000;

/**
 * Fills the stream of the NATS that this process is connected to. One worker leads per stream; which events are in it is told by the stream itself,
 * so a publisher that dies at any moment, or a stream that is lost, costs nothing but the time to look.
 */
@Injectable()
export class PublishingWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly alarm = new Alarm();
  private stopped = false;
  private poke?: Subscription;
  private done: Promise<void> = Promise.resolve();
  private salt = '';
  private refusedAt?: number;
  private complaint = '';

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly outbox: OutboxRepository,
    private readonly streams: StreamsClient,
    private readonly catchUp: StreamCatchUp,
    private readonly publisher: PublisherClient,
    private readonly progress: FeedProgress,
  ) {}

  onApplicationBootstrap(): void {
    this.poke = this.nats.subscribe(FEED_POKE, { callback: () => this.alarm.ring() });
    this.done = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.alarm.ring();
    await this.done;
    this.poke?.unsubscribe();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.serve();
      } catch (error) {
        this.complain(error);
        if (!this.stopped) await this.alarm.sleep(RETRY_MS);
      }
    }
  }

  /** Once per cause: while NATS is away the same error comes twice a second. */
  private complain(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.complaint) this.logger.warn({ error }, 'publishing of events was interrupted');
    this.complaint = message;
  }

  private async serve(): Promise<void> {
    const client = await LeaderClient.connect(this.settings.database.url, 'usher events publishing');
    try {
      while (!this.stopped && client.connected) await this.leadStream(client);
    } finally {
      await client.close();
    }
  }

  private async leadStream(client: LeaderClient): Promise<void> {
    const mark = await this.catchUp.locate();
    const lock = `usher.publishing ${mark.identity}`;
    if (!(await client.tryLead(lock))) return this.alarm.sleep(CHECK_MS / 5);
    try {
      // Located again, because another leader may have written until it resigned.
      await this.follow(client, await this.catchUp.locate());
    } finally {
      await client.resign(lock).catch(() => undefined);
    }
  }

  /** Publishes until the stream is no longer the one it was. */
  private async follow(client: LeaderClient, mark: StreamMark): Promise<void> {
    this.salt = mark.sequence === this.refusedAt ? `.${mark.sequence}` : '';
    this.refusedAt = undefined;
    let { position, sequence } = mark;
    let delay = 0;
    let checked = performance.now();
    this.progress.published(position);
    while (!this.stopped && client.connected) {
      const rows = await this.outbox.after(position, BATCH);
      if (rows.length) {
        await this.publish(rows, sequence);
        position = rows[rows.length - 1]!.position;
        sequence += rows.length;
        this.complaint = '';
        this.progress.published(position);
      } else if (performance.now() - checked > CHECK_MS) {
        if ((await this.streams.identity(EVENTS_STREAM)) !== mark.identity) return;
        checked = performance.now();
      }
      if (rows.length === BATCH) continue;
      delay = pollDelay(delay, rows.length > 0);
      await this.alarm.sleep(delay);
    }
  }

  /**
   * A refusal that leaves the stream where it was means that it remembers the ids of messages which it no longer has (a purge keeps them for the
   * window of duplicates): then the next attempt goes under other ids.
   */
  private async publish(rows: Awaited<ReturnType<OutboxRepository['after']>>, sequence: number): Promise<void> {
    try {
      await this.publisher.publish({ rows, sequence, salt: this.salt });
    } catch (error) {
      if (error instanceof BatchRefused && error.outOfStep) this.refusedAt = sequence;
      throw error;
    }
  }
}
