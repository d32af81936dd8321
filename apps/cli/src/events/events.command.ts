import type { AuthEvent } from '@usher/auth-events';
import { Command } from 'commander';
import { decideLetter, listLetters } from './dead-letters.js';
import { findSource } from './find-source.js';
import { natsOption, withFilter, withNats, withSource, type FilterFlags } from './flags.js';
import { formatEvent } from './format-event.js';
import { importTrigger } from './import-trigger.js';
import { listen } from './listen.js';
import { following, past } from './pages.js';
import { replay } from './replay.js';
import { stats } from './stats.js';
import { print, printJson, say } from './table.js';
import { verify } from './verify.js';

/** `usher events …`. */
export function eventsCommand(): Command {
  return new Command('events')
    .description('what happens to users')
    .addCommand(
      withFilter(new Command('list').description('events that happened, oldest first'))
        .option('-n, --limit <count>', 'how many', '100')
        .action(list),
    )
    .addCommand(withFilter(new Command('tail').description('events as they happen')).action(tail))
    .addCommand(
      withFilter(new Command('listen').description('events as they happen, sent on as a webhook would send them'))
        .requiredOption('--forward-to <url>', 'such as http://localhost:4000/hooks')
        .option('--secret <whsec_…>', 'to sign with; one is made up when absent')
        .action(listen),
    )
    .addCommand(
      withFilter(new Command('replay').description('hand past events to a running consumer again'))
        .requiredOption('--to-consumer <name>', 'durable name')
        .option('--from <cursor or time>', 'where to begin; the oldest when absent')
        .addOption(natsOption())
        .action(replay),
    )
    .addCommand(
      withSource(new Command('stats').description('how far feed, stream, consumers and webhooks are'))
        .addOption(natsOption())
        .action(stats),
    )
    .addCommand(
      withSource(new Command('verify').description('compare a consumer with the source, by counts and digests'))
        .requiredOption('--consumer <name>', 'durable name')
        .requiredOption('--database <url>', 'of the consumer')
        .option('--inbox <table>', 'of the consumer', 'auth_inbox')
        .option('--wait <seconds>', 'for what is under way', '10')
        .action(verify),
    )
    .addCommand(
      new Command('import-trigger')
        .description('write the mapping file that does what a trigger on auth.users does')
        .option('--database <url>', 'whose triggers are read')
        .option('--function <name>', 'such as public.handle_new_user; those of auth.users when absent')
        .option('--file <file>', 'with the text of the function, in place of a database')
        .option('--out <file>', 'for the mapping; to the terminal when absent')
        .action(importTrigger),
    )
    .addCommand(deadLetters());
}

function deadLetters(): Command {
  return new Command('dead-letters')
    .description('events that consumers gave up on')
    .addCommand(withNats(new Command('list').description('oldest first')).action(listLetters))
    .addCommand(
      withNats(new Command('retry').description('let the consumer handle it and what waits behind it'))
        .argument('<id>')
        .action((id: string, flags) => decideLetter('retry', id, flags)),
    )
    .addCommand(
      withNats(new Command('drop').description('let the consumer skip it and handle what waits behind it'))
        .argument('<id>')
        .action((id: string, flags) => decideLetter('drop', id, flags)),
    );
}

async function list(flags: FilterFlags & { limit: string }): Promise<void> {
  let left = Number(flags.limit);
  if (!Number.isInteger(left) || left < 1) throw new Error('--limit must be a number from 1');
  for await (const event of past(findSource(flags), flags)) {
    show(flags, event);
    if (--left === 0) return;
  }
}

async function tail(flags: FilterFlags): Promise<void> {
  const source = findSource(flags);
  if (!flags.json) say(`following the events of ${source.url}, Ctrl-C ends`);
  for await (const event of following(source, flags)) show(flags, event);
}

function show({ json }: FilterFlags, event: AuthEvent): void {
  if (json) printJson(event);
  else print(`${formatEvent(event, process.stdout.isTTY)}\n`);
}
