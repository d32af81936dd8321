import { listEvents, type HttpSource } from '@usher/auth-events';
import { Command, Option } from 'commander';
import { findSource } from './find-source.js';
import { formatEvent } from './format-event.js';

interface SourceFlags {
  url?: string;
  key?: string;
  dataDir: string;
}

interface ListFlags extends SourceFlags {
  after?: string;
  type?: string;
  subject?: string;
  limit: string;
  json?: boolean;
}

const POLL_MS = 500;

/** `usher events list` and `usher events tail`. */
export function eventsCommand(): Command {
  return new Command('events')
    .description('what happens to users')
    .addCommand(
      withFlags(new Command('list').description('events that happened, oldest first'))
        .option('-n, --limit <count>', 'how many', '100')
        .action(list),
    )
    .addCommand(
      withFlags(new Command('tail').description('events as they happen'))
        .option('-n, --limit <count>', 'a page', '500')
        .action(tail),
    );
}

function withFlags(command: Command): Command {
  return command
    .option('--after <cursor>', 'go on after this cursor')
    .option('--type <types>', 'such as user.created or session.*, several parted by commas')
    .option('--subject <id>', 'of one user or object')
    .option('--json', 'one JSON object a line')
    .addOption(new Option('--url <url>', 'of the auth API').env('USHER_URL'))
    .addOption(new Option('--key <key>', 'secret key').env('USHER_SECRET_KEY'))
    .addOption(
      new Option('--data-dir <folder>', 'of `npm start`, where the key is looked for')
        .env('USHER_DATA_DIR')
        .default('.data'),
    );
}

async function list(flags: ListFlags): Promise<void> {
  const source = findSource(flags);
  let { after } = flags;
  for (let left = Number(flags.limit); left > 0;) {
    const page = await listEvents(source, { ...filter(flags), after, limit: Math.min(left, 1_000) });
    for (const event of page.data) print(flags, event);
    left -= page.data.length;
    after = page.cursor;
    if (!page.has_more) return;
  }
}

async function tail(flags: ListFlags): Promise<void> {
  const source = findSource(flags);
  let after = flags.after ?? (await newestCursor(source));
  if (!flags.json) process.stderr.write(`following the events of ${source.url}, Ctrl-C ends\n`);
  for (;;) {
    const page = await listEvents(source, { ...filter(flags), after, limit: Number(flags.limit) });
    for (const event of page.data) print(flags, event);
    after = page.cursor;
    if (!page.has_more) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A filter that nothing matches moves the cursor over the feed in few steps. */
async function newestCursor(source: HttpSource): Promise<string> {
  let page = await listEvents(source, { subject: '00000000-0000-0000-0000-000000000000' });
  while (page.has_more)
    page = await listEvents(source, { subject: '00000000-0000-0000-0000-000000000000', after: page.cursor });
  return page.cursor;
}

const filter = ({ type, subject }: ListFlags): { type?: string; subject?: string } => ({ type, subject });

function print({ json }: ListFlags, event: Parameters<typeof formatEvent>[0]): void {
  process.stdout.write(`${json ? JSON.stringify(event) : formatEvent(event, process.stdout.isTTY)}\n`);
}
