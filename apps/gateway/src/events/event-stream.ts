import { AuthError } from '@usher/contracts/errors';
import type { EventPage } from '@usher/contracts/events/feed.contract';
import { eventFrame, expiredFrame, HEARTBEAT_FRAME, OPENING_FRAME, progressFrame } from './frames.js';
import type { FeedTail } from './feed-tail.js';

export interface StreamQuery {
  type?: string;
  subject?: string;
}

export interface StreamSource {
  /** Asked for already, so that a bad request is refused before anything is sent. */
  first: EventPage;
  query: StreamQuery;
  readPage: (after: string) => Promise<EventPage>;
  tail: FeedTail;
  signal: AbortSignal;
}

/** How often the client is told of a cursor that moved on under its filter. */
const PROGRESS_MS = 5_000;
/** Longest silence: proxies close what is silent for a minute. */
const HEARTBEAT_MS = 15_000;

/**
 * What one client of the stream gets: the pages that it has missed, then what the shared tail has. Nothing is read ahead of the client; who reads too
 * slowly for the tail goes on by pages.
 */
export async function* eventFrames(source: StreamSource): AsyncGenerator<string> {
  const { tail, query, signal } = source;
  yield OPENING_FRAME;
  let page: Pick<EventPage, 'data' | 'cursor'> = source.first;
  let told = '';
  let wrote = performance.now();
  while (!signal.aborted) {
    const { cursor } = page;
    if (page.data.length) {
      yield page.data.map(eventFrame).join('');
      told = page.data.at(-1)!.sequence;
      wrote = performance.now();
    } else if (cursor > told && (!told || performance.now() - wrote >= PROGRESS_MS)) {
      yield progressFrame(cursor);
      told = cursor;
      wrote = performance.now();
    } else if (performance.now() - wrote >= HEARTBEAT_MS) {
      yield HEARTBEAT_FRAME;
      wrote = performance.now();
    }
    await tail.passes(cursor, PROGRESS_MS, signal);
    if (signal.aborted) return;
    const next = tail.after(cursor, query) ?? (await missed(source, cursor));
    if (typeof next === 'string') return yield next;
    page = next;
  }
}

/** A page of the feed, or the last frame when events between are no longer kept. */
async function missed({ readPage }: StreamSource, cursor: string): Promise<EventPage | string> {
  try {
    return await readPage(cursor);
  } catch (error) {
    if (error instanceof AuthError && error.code === 'events_cursor_expired')
      return expiredFrame(error.headers?.['usher-oldest-cursor'] ?? '');
    throw error;
  }
}
