import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { FEED_POKE } from '@usher/contracts/events/streams';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { NATS } from '@usher/runtime/runtime.module';
import { HealingService } from './healing.service.js';

const PAUSE_MS = 2_000;

/** Reads the feed when told that it has grown, and at a fixed pace because that is only a hint. */
@Injectable()
export class HealingEvents implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription?: Subscription;
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private stopped = false;

  constructor(
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly healing: HealingService,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = this.nats.subscribe(FEED_POKE, { callback: () => this.wake() });
    this.timer = setInterval(() => this.wake(), PAUSE_MS).unref();
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    this.subscription?.unsubscribe();
    await this.running;
  }

  private wake(): void {
    if (this.stopped) return;
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  private async run(): Promise<void> {
    try {
      while (!this.stopped && (await this.healing.heal()));
    } catch (error) {
      this.logger.warn({ error }, 'the feed could not be read, it is tried again');
    }
  }
}
