import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { MESSAGES_POKE } from '@usher/contracts/messenger/messages.contract';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { NATS } from '@usher/runtime/runtime.module';
import { QueueService } from './queue.service.js';

const SHORTEST_MS = 100;
const LONGEST_MS = 2_000;
const CLEAN_UP_MS = 60_000;

/** Looks for queued messages: when told that there is one, and otherwise ever more seldom, down to every two seconds. */
@Injectable()
export class QueueWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private stopped = false;
  private poked = false;
  private wake: () => void = () => undefined;
  private poke?: Subscription;
  private done: Promise<void> = Promise.resolve();
  private cleanedAt = 0;

  constructor(
    private readonly queue: QueueService,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.poke = this.nats.subscribe(MESSAGES_POKE, { callback: () => this.ring() });
    this.done = this.run();
  }

  /** What is being sent is finished first. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.ring();
    await this.done;
    this.poke?.unsubscribe();
  }

  private async run(): Promise<void> {
    let delay = SHORTEST_MS;
    while (!this.stopped) {
      const found = await this.look();
      if (found.full) continue;
      delay = found.taken ? SHORTEST_MS : Math.min(delay * 2, LONGEST_MS);
      await this.sleep(delay);
    }
  }

  private async look(): Promise<{ taken: number; full: boolean }> {
    try {
      if (performance.now() - this.cleanedAt > CLEAN_UP_MS) {
        this.cleanedAt = performance.now();
        await this.queue.removeExpired();
      }
      return await this.queue.sendDue();
    } catch (error) {
      if (!this.stopped) this.logger.warn({ error }, 'the queue of notifications could not be read');
      return { taken: 0, full: false };
    }
  }

  private ring(): void {
    this.poked = true;
    this.wake();
  }

  /** A poke while nobody sleeps cuts the next sleep: what it told of may have come after the look. */
  private async sleep(ms: number): Promise<void> {
    if (!this.poked) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.poked = false;
  }
}
