import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { deadLetterSubject, DEAD_LETTERS_STREAM } from '@usher/contracts/events/dead-letters.contract';
import { NATS } from '@usher/runtime/runtime.module';

const TIMEOUT_MS = 3_000;
const RETRY_MS = 5_000;

/** Makes the stream that tells people what consumers gave up on. It has no age: a dead letter waits until somebody decides. */
@Injectable()
export class DeadLettersStream implements OnApplicationBootstrap, OnModuleDestroy {
  private retry?: NodeJS.Timeout;

  constructor(@Inject(NATS) private readonly nats: NatsConnection) {}

  onApplicationBootstrap(): void {
    void this.ensure();
  }

  onModuleDestroy(): void {
    clearTimeout(this.retry);
  }

  private async ensure(): Promise<void> {
    try {
      const manager = await jetstreamManager(this.nats, { timeout: TIMEOUT_MS, checkAPI: false });
      // One that is there is left as the operator has it.
      await manager.streams.info(DEAD_LETTERS_STREAM).catch(() =>
        manager.streams.add({
          name: DEAD_LETTERS_STREAM,
          subjects: [deadLetterSubject('>')],
          retention: RetentionPolicy.Limits,
          storage: StorageType.File,
          discard: DiscardPolicy.New,
        }),
      );
    } catch {
      if (!this.nats.isClosed()) this.retry = setTimeout(() => void this.ensure(), RETRY_MS).unref();
    }
  }
}
