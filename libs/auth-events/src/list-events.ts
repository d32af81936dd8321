import { apiUrl } from './api-url.js';
import type { AuthEvent } from './auth-event.js';
import type { HttpSource } from './options.js';

export interface ListQuery {
  after?: string;
  limit?: number;
  type?: string;
  subject?: string;
}

export interface EventPage {
  data: AuthEvent[];
  cursor: string;
  has_more: boolean;
}

/** `status` 410: events after the cursor are no longer kept. */
export class FeedError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 15_000;

/** One page of `GET /events`, oldest first. Throws `FeedError` for an answer that is none. */
export async function listEvents(source: HttpSource, query: ListQuery = {}): Promise<EventPage> {
  const { key } = source;
  const target = apiUrl(source, '/events');
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) target.searchParams.set(name, String(value));
  const response = await fetch(target, {
    headers: { authorization: `Bearer ${key}`, apikey: key },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return (await response.json()) as EventPage;
  throw new FeedError(
    response.status,
    `GET /events answered ${response.status}: ${(await response.text()).slice(0, 300)}`,
  );
}
