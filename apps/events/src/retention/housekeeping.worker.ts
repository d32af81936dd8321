import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ErasureService } from '../erasure/erasure.service.js';
import { Alarm } from '../pacing/alarm.js';
import { RetentionRepository } from './retention.repository.js';

const EVERY_MS = 60_000;
const BATCH = 5_000;

/** Retention and erasure. Every process does it: each step is one statement that may be repeated, and finds nothing to do where another was. */
@Injectable()
export class HousekeepingWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly alarm = new Alarm();
  private stopped = false;
  private done: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly clock: Clock,
    private readonly retention: RetentionRepository,
    private readonly erasure: ErasureService,
  ) {}

  onApplicationBootstrap(): void {
    this.done = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.alarm.ring();
    await this.done;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.alarm.sleep(EVERY_MS);
      try {
        while (!this.stopped && (await this.look()));
      } catch (error) {
        this.logger.warn({ error }, 'retention and erasure of events were interrupted');
      }
    }
  }

  /** Whether there is more to do at once. */
  private async look(): Promise<boolean> {
    const { retention } = this.settings.usher.events;
    const now = this.clock.now().getTime();
    const dropped = retention ? await this.retention.drop(new Date(now - retention), BATCH) : 0;
    const erased = await this.erasure.eraseDue();
    return dropped === BATCH || erased > 0;
  }
}
