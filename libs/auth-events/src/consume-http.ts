import { Attempts } from './attempts.js';
import { backOff } from './back-off.js';
import type { AuthEvent } from './auth-event.js';
import { handlerOf } from './handler-of.js';
import { Inbox } from './inbox.js';
import { FeedError, listEvents } from './list-events.js';
import type { Consumer, ConsumeOptions, ConsumerStats, HttpSource } from './options.js';
import { Parking, reasonOf } from './parking.js';
import { startCursor } from './start-cursor.js';

type Options = Extract<ConsumeOptions, HttpSource>;

const PAGE = 500;

/** The feed is read in its whole order: an event that fails is tried again before any other, and parked when that does not help. */
export async function consumeHttp(options: Options): Promise<Consumer> {
  const inbox = new Inbox(options.inbox, options.durable);
  await inbox.prepare();
  await startCursor(options, inbox);
  const reader = new FeedReader(options, inbox);
  const parking = new Parking(options, inbox.tables);
  const done = reader.run();
  return {
    stop: () => {
      reader.stop();
      return done;
    },
    stats: async () => ({ ...reader.stats(), ...(await parking.counts()) }),
    replay: (event) => parking.replay(event),
    parked: () => parking.list(),
    retry: (subject) => parking.retry(subject),
    drop: (subject) => parking.drop(subject),
  };
}

class FeedReader {
  private readonly stopping = new AbortController();
  private readonly attempts: Attempts;
  private last?: AuthEvent;
  private behind = true;

  constructor(
    private readonly options: Options,
    private readonly inbox: Inbox,
  ) {
    this.attempts = new Attempts(options.maxAttempts);
  }

  stats(): Pick<ConsumerStats, 'consumer' | 'cursor' | 'lag' | 'lag_seconds'> {
    const age = this.last ? (Date.now() - Date.parse(this.last.time)) / 1_000 : 0;
    const lag = this.behind ? 1 : 0;
    return {
      consumer: this.options.durable,
      cursor: this.last?.sequence ?? '',
      lag,
      lag_seconds: lag ? Math.max(age, 0) : 0,
    };
  }

  stop(): void {
    this.stopping.abort();
  }

  async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      try {
        const more = await this.readPage();
        failures = 0;
        if (!more) await this.sleep(this.options.pollMs ?? 1_000);
      } catch (error) {
        this.options.onError?.(error);
        await this.sleep(backOff(++failures));
      }
    }
  }

  /** Whether there is more to read at once. */
  private async readPage(): Promise<boolean> {
    const { after, since } = await this.inbox.cursor();
    const page = await this.page(after);
    for (const event of page.data) {
      if (this.stopping.signal.aborted) return false;
      await this.handleOrPark(event, since);
      this.last = event;
    }
    await this.inbox.moveCursor(page.cursor);
    this.behind = page.has_more;
    return page.has_more;
  }

  /** What was lost to retention is lost: reading goes on with the oldest that is there, and the inbox reports the gaps. */
  private async page(after: string | undefined): ReturnType<typeof listEvents> {
    try {
      return await listEvents(this.options, { after, limit: PAGE });
    } catch (error) {
      if (!(error instanceof FeedError) || error.status !== 410) throw error;
      this.options.onError?.(error);
      return listEvents(this.options, { limit: PAGE });
    }
  }

  private async handleOrPark(event: AuthEvent, since: Date): Promise<void> {
    try {
      await this.handle(event, since);
    } catch (error) {
      const { attempts, enough } = this.attempts.failed(event.id);
      if (!enough) throw error;
      const reason = reasonOf(error);
      await this.inbox.park(event, reason, attempts);
      this.attempts.forget(event.id);
      this.options.onError?.(error, event);
      this.options.onDeadLetter?.({ event, reason, attempts });
    }
  }

  private async handle(event: AuthEvent, since: Date): Promise<void> {
    const { onGap } = this.options;
    const replayed = new Date(event.time) < since;
    const handler = handlerOf(this.options, event);
    const outcome = await this.inbox.handle(event, replayed, handler, false);
    if (outcome.result !== 'gap') return;
    onGap?.({ subject: event.subject, after: outcome.after, before: event.subjectversion });
    await this.inbox.handle(event, replayed, handler, true);
  }

  private sleep(ms: number): Promise<void> {
    const { signal } = this.stopping;
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake);
    });
  }
}
