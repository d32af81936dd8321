import { Inject, Injectable } from '@nestjs/common';
import { EVENTS_STREAM } from '@usher/contracts/events/streams';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { OutboxRepository, type FeedExtent } from '../outbox/outbox.repository.js';
import { eventsStream } from '../streams/events-stream.js';
import { StreamsClient, type StreamTail } from '../streams/streams.client.js';

/** Where publishing goes on. */
export interface StreamMark {
  identity: string;
  /** Of the last event in the stream. */
  position: number;
  /** Last sequence of the stream. */
  sequence: number;
}

/** Compares the stream with PostgreSQL, which is the record. */
@Injectable()
export class StreamCatchUp {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly streams: StreamsClient,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Makes the stream if it is missing, and anew if it cannot be of this feed (a database restored from a backup). */
  async locate(): Promise<StreamMark> {
    const feed = await this.outbox.extent();
    const { subjectPrefix: prefix, streamMaxAge: maxAgeMs } = this.settings.usher.events;
    const wanted = eventsStream({ prefix, maxAgeMs, feedId: feed.feed_id });
    const tail = await this.streams.ensure(wanted, feed.feed_id);
    if (await this.agrees(tail, feed)) return this.markOf(tail);
    this.logger.warn({ stream: EVENTS_STREAM }, 'the stream does not match the database: it is filled anew');
    await this.streams.remove(EVENTS_STREAM);
    return this.markOf(await this.streams.ensure(wanted, feed.feed_id));
  }

  private async agrees({ last }: StreamTail, feed: FeedExtent): Promise<boolean> {
    if (!last) return true;
    if (last.position > feed.last) return false;
    const id = await this.outbox.idAt(last.position);
    // Rows older than retention are gone; then the stream is all that is left of them.
    return id === last.id || (id === undefined && last.position < feed.oldest);
  }

  /** An empty stream gets what it would still hold, had it never been lost. */
  private async markOf({ identity, sequence, last }: StreamTail): Promise<StreamMark> {
    if (last) return { identity, sequence, position: last.position };
    const { streamMaxAge } = this.settings.usher.events;
    const oldest = streamMaxAge ? this.clock.now().getTime() - streamMaxAge : 0;
    return { identity, sequence, position: await this.outbox.lastBefore(new Date(oldest)) };
  }
}
