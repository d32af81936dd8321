import { Inject, Injectable } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { DEAD_LETTERS_STREAM } from '@usher/contracts/events/dead-letters.contract';
import type { FeedStats } from '@usher/contracts/events/stats.contract';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

const TIMEOUT_MS = 2_000;

export interface StreamState {
  /** Of the last event in the stream. */
  position: number;
  consumers: FeedStats['consumers'];
  deadLetters: number;
}

@Injectable()
export class StreamStats {
  constructor(
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Undefined while NATS, or the stream, is not there. */
  async read(): Promise<StreamState | undefined> {
    try {
      const manager = await jetstreamManager(this.nats, { timeout: TIMEOUT_MS, checkAPI: false });
      const subject = `${this.settings.usher.events.subjectPrefix}.>`;
      const last = await manager.streams.getMessage(EVENTS_STREAM, { last_by_subj: subject }).catch(() => null);
      const consumers: FeedStats['consumers'] = [];
      for await (const { name, num_pending, num_ack_pending, num_redelivered } of manager.consumers.list(EVENTS_STREAM))
        consumers.push({
          name,
          pending: num_pending,
          unacknowledged: num_ack_pending,
          redelivered: num_redelivered,
        });
      const letters = await manager.streams.info(DEAD_LETTERS_STREAM).catch(() => undefined);
      const position = Number(last?.header.get('ce-sequence') ?? 0);
      return { position, consumers, deadLetters: letters?.state.messages ?? 0 };
    } catch {
      return undefined;
    }
  }
}
