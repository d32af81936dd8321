import { Inject, Injectable } from '@nestjs/common';
import { jetstreamManager, JetStreamApiError, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { NATS } from '@usher/runtime/runtime.module';
import { differences, isOfAnotherFeed, type OwnedConfig } from './events-stream.js';
import { ForeignStream, StreamRefused } from './streams.errors.js';

const TIMEOUT_MS = 3_000;
const NOT_FOUND = [10_059, 10_037];

/** How far a stream got. */
export interface StreamTail {
  /** Changes when the stream is made anew. */
  identity: string;
  /** Sequence of the last message that was ever stored. */
  sequence: number;
  /** Attributes of the last message that is still there. */
  last?: { id: string; position: number };
}

/** The streams that we make and fill. */
@Injectable()
export class StreamsClient {
  private manager?: JetStreamManager;

  constructor(@Inject(NATS) private readonly nats: NatsConnection) {}

  /** Makes the stream, or changes it where it differs, and tells how far it is. */
  async ensure(wanted: OwnedConfig, feedId: string): Promise<StreamTail> {
    // Fails at once while there is no connection, where a request would wait for its time-out.
    await this.nats.rtt();
    const manager = await this.connect();
    const found = await orMissing(manager.streams.info(wanted.name));
    if (found && isOfAnotherFeed(found.config, feedId)) throw new ForeignStream(wanted.name);
    return this.tailOf(await this.shape(manager, wanted, found), wanted);
  }

  /** Identity of the stream, or undefined when it is gone. */
  async identity(name: string): Promise<string | undefined> {
    const info = await orMissing((await this.connect()).streams.info(name));
    return info && identityOf(info);
  }

  async remove(name: string): Promise<void> {
    await (await this.connect()).streams.delete(name);
  }

  private async shape(manager: JetStreamManager, wanted: OwnedConfig, found?: StreamInfo): Promise<StreamInfo> {
    if (found && !differences(wanted, found.config).length) return found;
    const info = found
      ? await manager.streams.update(wanted.name, { ...found.config, ...wanted })
      : await manager.streams.add(wanted);
    const refused = differences(wanted, info.config);
    if (refused.length) throw new StreamRefused(wanted.name, refused);
    return info;
  }

  private async tailOf(info: StreamInfo, { name, subjects }: OwnedConfig): Promise<StreamTail> {
    const tail = { identity: identityOf(info), sequence: info.state.last_seq };
    if (!info.state.messages) return tail;
    const message = await (await this.connect()).streams.getMessage(name, { last_by_subj: subjects[0]! });
    if (!message) return tail;
    const { header } = message;
    return { ...tail, last: { id: header.get('ce-id'), position: Number(header.get('ce-sequence')) } };
  }

  private async connect(): Promise<JetStreamManager> {
    this.manager ??= await jetstreamManager(this.nats, { timeout: TIMEOUT_MS, checkAPI: false });
    return this.manager;
  }
}

function identityOf(info: StreamInfo): string {
  return `${info.config.name} ${info.created}`;
}

async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof JetStreamApiError && NOT_FOUND.includes(error.code)) return undefined;
    throw error;
  }
}
