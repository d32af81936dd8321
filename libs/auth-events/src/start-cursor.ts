import { bootstrap } from './bootstrap.js';
import type { Inbox } from './inbox.js';
import type { ConsumeOptions } from './options.js';

/** Where the consumer goes on. On its first start, or after one that did not come to its end, it is filled from the snapshot before. */
export async function startCursor(options: ConsumeOptions, inbox: Inbox): Promise<{ after?: string; since: Date }> {
  const { after, since } = await inbox.cursor();
  if (!options.bootstrap || after) return { after, since };
  const cursor = await bootstrap(options.bootstrap, options.inbox, options.durable);
  await inbox.moveCursor(cursor);
  return { after: cursor, since };
}
