import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { OUTBOX_POKE } from '@usher/contracts/events/event';
import { FEED_POKE } from '@usher/contracts/events/streams';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { LeaderClient } from '../leadership/leader.client.js';
import { Alarm } from '../pacing/alarm.js';
import { pollDelay } from '../pacing/poll-delay.js';

const LOCK = 'usher.numbering';
const BATCH = 2_000;
const RETRY_MS = 1_000;

/** Gives committed events their positions; of all workers on a database one leads and the others wait to take over. */
@Injectable()
export class NumberingWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly alarm = new Alarm();
  private stopped = false;
  private poke?: Subscription;
  private done: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.poke = this.nats.subscribe(OUTBOX_POKE, { callback: () => this.alarm.ring() });
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
        this.logger.warn({ error }, 'numbering of events was interrupted');
        if (!this.stopped) await this.alarm.sleep(RETRY_MS);
      }
    }
  }

  private async serve(): Promise<void> {
    const client = await LeaderClient.connect(this.settings.database.url, 'usher events numbering');
    try {
      while (!this.stopped && !(await client.tryLead(LOCK))) await this.pause(RETRY_MS);
      await this.lead(client);
    } finally {
      await client.close();
    }
  }

  /** Pokes are for the leader: who waits for its place sleeps on. */
  private async pause(ms: number): Promise<void> {
    const until = performance.now() + ms;
    while (!this.stopped && performance.now() < until) await this.alarm.sleep(Math.max(until - performance.now(), 1));
  }

  private async lead(client: LeaderClient): Promise<void> {
    let delay = 0;
    while (!this.stopped) {
      const numbered = await client.value<number>('SELECT auth_events.number_events($1) AS value', [BATCH]);
      if (numbered && !this.nats.isClosed()) this.nats.publish(FEED_POKE);
      if (numbered === BATCH) continue;
      delay = pollDelay(delay, Boolean(numbered));
      await this.alarm.sleep(delay);
    }
  }
}
