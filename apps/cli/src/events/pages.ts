import { listEvents, type AuthEvent, type HttpSource } from '@usher/auth-events';
import type { FilterFlags } from './flags.js';

const PAGE = 1_000;
const POLL_MS = 500;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Events after the cursor up to now, oldest first. */
export async function* past(
  source: HttpSource,
  { after, type, subject }: Partial<FilterFlags>,
): AsyncGenerator<AuthEvent> {
  for (;;) {
    const page = await listEvents(source, { after, type, subject, limit: PAGE });
    yield* page.data;
    if (!page.has_more) return;
    after = page.cursor;
  }
}

/** Events as they happen, after the cursor or from now on; never ends. */
export async function* following(source: HttpSource, flags: FilterFlags): AsyncGenerator<AuthEvent> {
  const { type, subject } = flags;
  let after = flags.after ?? (await newestCursor(source));
  for (;;) {
    const page = await listEvents(source, { after, type, subject, limit: PAGE });
    yield* page.data;
    after = page.cursor;
    if (!page.has_more) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A filter that nothing matches moves the cursor over the feed in few steps. */
export async function newestCursor(source: HttpSource): Promise<string> {
  let page = await listEvents(source, { subject: NOBODY });
  while (page.has_more) page = await listEvents(source, { subject: NOBODY, after: page.cursor });
  return page.cursor;
}
