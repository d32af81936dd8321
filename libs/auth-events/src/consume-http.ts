import { backOff } from './back-off.js';
import type { AuthEvent } from './auth-event.js';
import { handlerOf } from './handler-of.js';
import { Inbox } from './inbox.js';
import { FeedError, listEvents } from './list-events.js';
import type { Consumer, ConsumeOptions, HttpSource } from './options.js';

type Options = Extract<ConsumeOptions, HttpSource>;

const PAGE = 500;

/** The feed is read in its whole order: an event that fails is tried again before any other. */
export async function consumeHttp(options: Options): Promise<Consumer> {
  const inbox = new Inbox(options.inbox, options.durable);
  await inbox.prepare();
  const reader = new FeedReader(options, inbox);
  const done = reader.run();
  return {
    stop: () => {
      reader.stop();
      return done;
    },
  };
}

class FeedReader {
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: Options,
    private readonly inbox: Inbox,
  ) {}

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
      await this.handle(event, since);
    }
    await this.inbox.moveCursor(page.cursor);
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
