import { createHash } from 'node:crypto';
import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from '@usher/runtime/logger';
import type { LimitStore } from './limit-store.js';
import { MemoryLimitStore } from './memory-limit-store.js';
import { takeToken, type Bucket, type BucketRule } from './token-bucket.js';

const STREAM = 'USHER_LIMITS';
const SUBJECT = 'usher.limits.';
/** As long as the longest rule remembers a client. */
const MAX_AGE_NS = 3_600_000_000_000;
const MAX_BYTES = 64 * 1024 * 1024;
const ATTEMPTS = 8;
const WRONG_SEQUENCE = 10071;

interface Stored {
  bucket: Bucket | undefined;
  /** Of the message that holds it: 0 = none. */
  sequence: number;
}

/**
 * Buckets of all gateways together: the last message of a subject is the bucket, and a write that expects another last one than there is loses
 * and tries again. While NATS cannot be asked each process counts by itself: a limit is no reason to turn a client away.
 */
export class NatsLimitStore implements LimitStore {
  private readonly fallback = new MemoryLimitStore();
  private readonly turns = new Map<string, Promise<unknown>>();
  private ready?: Promise<{ client: JetStreamClient; manager: JetStreamManager }>;

  constructor(
    private readonly nats: NatsConnection,
    private readonly logger: Logger,
  ) {}

  async take(key: string, rule: BucketRule, now: number): Promise<boolean> {
    try {
      const subject = SUBJECT + subjectToken(key);
      return await this.inTurn(subject, () => this.takeShared(subject, rule, now));
    } catch (error) {
      this.logger.warn({ error }, 'the shared rate limits cannot be read: this process counts by itself');
      return this.fallback.take(key, rule, now);
    }
  }

  /** One after another for each client, so that only gateways collide. */
  private async inTurn<T>(subject: string, work: () => Promise<T>): Promise<T> {
    const before = this.turns.get(subject);
    const mine = (before ?? Promise.resolve()).then(work, work);
    this.turns.set(subject, mine);
    try {
      return await mine;
    } finally {
      if (this.turns.get(subject) === mine) this.turns.delete(subject);
    }
  }

  private async takeShared(subject: string, rule: BucketRule, now: number): Promise<boolean> {
    const { client, manager } = await this.open();
    for (let attempt = 1; ; attempt++) {
      const { bucket, sequence } = await this.read(manager, subject);
      const { bucket: after, taken } = takeToken(rule, bucket, now);
      // Nothing to write when there was nothing to take: a flood of refused requests costs reads only.
      if (!taken) return false;
      try {
        await client.publish(subject, JSON.stringify(after), { expect: { lastSubjectSequence: sequence } });
        return true;
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async read(manager: JetStreamManager, subject: string): Promise<Stored> {
    const message = await manager.streams.getMessage(STREAM, { last_by_subj: subject });
    return message ? { bucket: message.json<Bucket>(), sequence: message.seq } : { bucket: undefined, sequence: 0 };
  }

  private open(): Promise<{ client: JetStreamClient; manager: JetStreamManager }> {
    this.ready ??= this.prepare().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  private async prepare(): Promise<{ client: JetStreamClient; manager: JetStreamManager }> {
    const manager = await jetstreamManager(this.nats, { timeout: 2_000 });
    await manager.streams.add({
      ...{ name: STREAM, subjects: [`${SUBJECT}*`], storage: StorageType.Memory },
      ...{ retention: RetentionPolicy.Limits, discard: DiscardPolicy.Old, allow_direct: true },
      ...{ max_msgs_per_subject: 1, max_age: MAX_AGE_NS, max_bytes: MAX_BYTES },
    });
    return { client: jetstream(this.nats, { timeout: 2_000 }), manager };
  }
}

/** Whatever a client sends as its address becomes one harmless token. */
function subjectToken(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function isConflict(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === WRONG_SEQUENCE;
}
