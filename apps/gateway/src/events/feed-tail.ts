import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import type { AuthEvent } from '@usher/contracts/events/event';
import { listEvents, type EventPage } from '@usher/contracts/events/feed.contract';
import { FEED_POKE } from '@usher/contracts/events/streams';
import type { RequestContext } from '@usher/contracts/request-context';
import { RpcClient } from '@usher/messaging/rpc-client';
import { NATS } from '@usher/runtime/runtime.module';
import type { StreamQuery } from './event-stream.js';
import { matches } from './matches.js';

/** Events that are kept for streams which are a little behind. */
const WINDOW = 2_000;
const PAGE = 500;
/** Between two looks without a hint. */
const LOOK_MS = 1_000;

const CONTEXT: RequestContext = {
  requestId: 'event-stream',
  ip: '',
  userAgent: '',
  audience: '',
  redirectTo: '',
  externalUrl: '',
  origin: 'job',
  actor: { type: 'system', id: null },
};

/** The newest events, read once for all streams of this process, and only while there is one. */
@Injectable()
export class FeedTail implements OnModuleDestroy {
  private streams = 0;
  private stopped = false;
  private window: AuthEvent[] = [];
  /** Cursors before the first and of the last event of the window; '' while nothing was read. */
  private from = '';
  private to = '';
  private poke?: Subscription;
  private readonly waiting = new Set<() => void>();
  private wake: () => void = () => undefined;

  constructor(
    private readonly rpc: RpcClient,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  onModuleDestroy(): void {
    this.stopped = true;
    this.wake();
    this.tell();
  }

  join(): void {
    if (this.streams++ || this.stopped) return;
    this.poke = this.nats.subscribe(FEED_POKE, { callback: () => this.wake() });
    void this.follow();
  }

  leave(): void {
    if (--this.streams) return;
    this.poke?.unsubscribe();
    this.wake();
  }

  /** Resolves once the feed is known to be further than the cursor, after `ms`, or on the signal. */
  async passes(cursor: string, ms: number, signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + ms;
    while (this.to <= cursor && !signal.aborted && !this.stopped && performance.now() < deadline)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, deadline - performance.now());
        this.waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
  }

  /** What came after the cursor, or undefined when the window does not reach back to it. */
  after(cursor: string, query: StreamQuery): Pick<EventPage, 'data' | 'cursor'> | undefined {
    if (!this.to || cursor < this.from) return undefined;
    if (cursor >= this.to) return { data: [], cursor };
    const data = this.window.filter((event) => event.sequence > cursor && matches(event, query)).slice(0, PAGE);
    return { data, cursor: data.length === PAGE ? data[PAGE - 1]!.sequence : this.to };
  }

  private async follow(): Promise<void> {
    while (this.streams && !this.stopped) {
      const more = await this.look().catch(() => false);
      if (!more) await this.pause();
    }
    this.window = [];
    this.from = this.to = '';
  }

  private async look(): Promise<boolean> {
    const page = await this.rpc.call(listEvents, { after: this.to || 'latest', limit: PAGE }, CONTEXT);
    this.from ||= page.cursor;
    this.window.push(...page.data);
    const surplus = this.window.length - WINDOW;
    if (surplus > 0) this.from = this.window.splice(0, surplus).at(-1)!.sequence;
    const moved = page.cursor > this.to;
    this.to = page.cursor;
    if (moved) this.tell();
    return page.has_more;
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private tell(): void {
    for (const done of [...this.waiting]) done();
  }
}
