import { Inject, Injectable } from '@nestjs/common';
import { headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/nats-core';
import { EVENTS_STREAM, eventSubject } from '@usher/contracts/events/streams';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { binaryHeaders, cappedData } from '../envelope/cloud-event.js';
import { eventSource } from '../envelope/event-source.js';
import type { OutboxRow } from '../outbox/outbox-row.js';

const ACK_TIMEOUT_MS = 10_000;
const WRONG_LAST_SEQUENCE = 10_071;

interface PublishAck {
  seq?: number;
  error?: { err_code?: number; description?: string };
}

/** The batch, or its end, was not taken. */
export class BatchRefused extends Error {
  constructor(
    message: string,
    /** The stream was not where we thought it to be. */
    readonly outOfStep: boolean,
  ) {
    super(message);
  }
}

export interface Batch {
  rows: OutboxRow[];
  /** Last sequence of the stream before the batch. */
  sequence: number;
  /** Tells this attempt's message ids from those of messages that the stream has lost but still remembers. */
  salt: string;
}

/**
 * Publishes in order. Every message is fenced by the sequence before it, so that the stream takes each at its place or not at all, and the answer to
 * the last one speaks for all.
 */
@Injectable()
export class PublisherClient {
  private readonly prefix: string;
  private readonly source: string;
  private connected = true;
  private giveUp: () => void = () => undefined;

  constructor(
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.prefix = settings.usher.events.subjectPrefix;
    this.source = eventSource(settings.api.externalUrl);
    void this.watchConnection();
  }

  async publish({ rows, sequence, salt }: Batch): Promise<void> {
    const last = rows.length - 1;
    for (const [n, row] of rows.slice(0, last).entries())
      this.nats.publish(this.subjectOf(row), cappedData(row), { headers: this.headersOf(row, sequence + n, salt) });
    const row = rows[last]!;
    const answer = this.nats.request(this.subjectOf(row), cappedData(row), {
      headers: this.headersOf(row, sequence + last, salt),
      timeout: ACK_TIMEOUT_MS,
    });
    checkAck(await this.unlessDisconnected(answer), sequence + rows.length);
  }

  /** What is sent without a connection, and an answer that was under way when it broke, may never come. */
  private unlessDisconnected<T>(answer: Promise<T>): Promise<T> {
    answer.catch(() => undefined);
    return new Promise((resolve, reject) => {
      this.giveUp = () => reject(new BatchRefused('the connection to NATS broke', false));
      if (!this.connected) this.giveUp();
      answer.then(resolve, reject);
    });
  }

  private async watchConnection(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === 'reconnect') this.connected = true;
      if (type !== 'disconnect') continue;
      this.connected = false;
      this.giveUp();
    }
  }

  private subjectOf(row: OutboxRow): string {
    return eventSubject(this.prefix, row.type, row.subject_id);
  }

  private headersOf(row: OutboxRow, sequence: number, salt: string): MsgHdrs {
    const h = headers();
    for (const [name, value] of binaryHeaders(row, this.source)) h.set(name, value);
    h.set('Nats-Msg-Id', row.id + salt);
    h.set('Nats-Expected-Stream', EVENTS_STREAM);
    h.set('Nats-Expected-Last-Sequence', String(sequence));
    return h;
  }
}

function checkAck(answer: Msg, expected: number): void {
  const { seq, error } = JSON.parse(answer.string()) as PublishAck;
  if (error) throw new BatchRefused(error.description ?? 'refused', error.err_code === WRONG_LAST_SEQUENCE);
  if (seq !== expected) throw new BatchRefused(`stored as ${seq}, not as ${expected}`, true);
}
