import type { AuthEvent } from '@usher/contracts/events/event';

/** Frames of `text/event-stream` (WHATWG HTML §9.2). JSON text has no line breaks, so that one `data:` line holds it. */
export const OPENING_FRAME = 'retry: 1000\n\n';
export const HEARTBEAT_FRAME = ': heartbeat\n\n';

export function eventFrame(event: AuthEvent): string {
  return `id: ${event.sequence}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Tells a client whose filter matches little how far the feed is, so that it does not start behind after a break. */
export function progressFrame(cursor: string): string {
  return `event: progress\nid: ${cursor}\ndata: {"cursor":"${cursor}"}\n\n`;
}

/** The last frame for a client that fell behind what is kept. */
export function expiredFrame(oldest: string): string {
  return `event: expired\ndata: {"code":"events_cursor_expired","after":"${oldest}"}\n\n`;
}
