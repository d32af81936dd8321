import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { listEvents, type EventPage } from '@usher/contracts/events/feed.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { TextStream } from '../http/text-stream.js';
import { eventFrames } from './event-stream.js';
import { FeedTail } from './feed-tail.js';

/** Of one process; each holds a socket and at most a page. */
const MOST_STREAMS = 5_000;
const PAGE = 100;

/** GET /events/stream?after=&type=&subject=, or `Last-Event-ID`: from now on without a cursor. */
@Injectable()
export class EventStreamFlow implements OnModuleDestroy {
  private readonly open = new Set<TextStream>();

  constructor(
    private readonly rpc: RpcClient,
    private readonly tail: FeedTail,
  ) {}

  onModuleDestroy(): void {
    for (const stream of this.open) stream.finish();
  }

  async stream(exchange: Exchange): Promise<Answer> {
    if (this.open.size >= MOST_STREAMS)
      throw new AuthError('service_unavailable', 'Too many streams', { headers: { 'retry-after': '5' } });
    const query = {
      type: exchange.queryParameter('type') || undefined,
      subject: exchange.queryParameter('subject') || undefined,
    };
    const context = exchange.context();
    const readPage = (after: string): Promise<EventPage> =>
      this.rpc.call(listEvents, { ...query, after, limit: PAGE }, context);
    const first = await readPage(exchange.header('last-event-id') || exchange.queryParameter('after') || 'latest');
    const stream = new TextStream((signal) => eventFrames({ first, query, readPage, tail: this.tail, signal }));
    this.open.add(stream);
    this.tail.join();
    stream.once('close', () => {
      this.open.delete(stream);
      this.tail.leave();
    });
    return Answer.stream(stream, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  }
}
