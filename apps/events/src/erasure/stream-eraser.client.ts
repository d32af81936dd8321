import { Inject, Injectable } from '@nestjs/common';
import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { DEAD_LETTERS_STREAM } from '@usher/contracts/events/dead-letters.contract';
import { EVENTS_STREAM, partitionOf } from '@usher/contracts/events/streams';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

const TIMEOUT_MS = 3_000;
const PULL_MS = 2_000;
const PULL = 1_000;

/** Removes a user's messages from the streams, and has the server overwrite them. `user.deleted` stays: it holds no more than the id. */
@Injectable()
export class StreamEraser {
  constructor(
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async erase(subject: string): Promise<void> {
    const partition = `p${String(partitionOf(subject)).padStart(2, '0')}`;
    await this.eraseFrom(EVENTS_STREAM, `${this.settings.usher.events.subjectPrefix}.${partition}.>`, subject);
    await this.eraseFrom(DEAD_LETTERS_STREAM, 'auth.dead_letters.>', subject);
  }

  /** One pass over the headers of what could be the user's; ids stand in no subject. */
  private async eraseFrom(stream: string, filter: string, subject: string): Promise<void> {
    const manager = await jetstreamManager(this.nats, { timeout: TIMEOUT_MS, checkAPI: false });
    if (!(await manager.streams.info(stream).catch(() => undefined))) return;
    const consumer = await jetstream(this.nats).consumers.get(stream, {
      deliver_policy: DeliverPolicy.All,
      filter_subjects: filter,
      headers_only: true,
    });
    let left = (await consumer.info()).num_pending;
    while (left > 0) {
      let got = 0;
      for await (const message of await consumer.fetch({ max_messages: Math.min(left, PULL), expires: PULL_MS })) {
        got++;
        const { headers, seq } = message;
        const kept = stream === EVENTS_STREAM && headers?.get('ce-type') === 'auth.user.deleted';
        if (headers?.get('ce-subject') === subject && !kept) await manager.streams.deleteMessage(stream, seq, true);
      }
      if (!got) throw new Error(`stream ${stream} could not be read to its end`);
      left -= got;
    }
  }
}
