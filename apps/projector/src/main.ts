import { once } from 'node:events';
import { Command, Option } from 'commander';
import { readMapping, startProjector } from './projector.js';

interface Flags {
  mapping: string;
  database: string;
  nats?: string;
  url?: string;
  key?: string;
  name: string;
  inbox: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The ready consumer as a process of its own. */
async function run({ mapping, database, nats, url, key, name, inbox }: Flags): Promise<void> {
  const http = url && key ? { url, key } : undefined;
  const source = nats ? { servers: nats } : http;
  if (!source) throw new Error('Where are the events? Give --nats, or --url and --key.');
  const consumer = await startProjector({
    mapping: readMapping(mapping),
    databaseUrl: database,
    source,
    durable: name,
    inbox,
    log: say,
  });
  say('the tables follow the users; SIGTERM ends it');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await consumer.stop();
}

const program = new Command('projector')
  .description('fills tables from users, by a mapping file')
  .requiredOption('--mapping <file>', 'JSON, see docs/events/replace-triggers.md')
  .addOption(new Option('--database <url>', 'with the tables').env('PROJECTOR_DATABASE_URL').makeOptionMandatory())
  .addOption(new Option('--nats <url>', 'of NATS').env('NATS_URL'))
  .addOption(new Option('--url <url>', 'of the auth API').env('USHER_URL'))
  .addOption(new Option('--key <key>', 'secret key').env('USHER_SECRET_KEY'))
  .option('--name <name>', 'of the consumer; another one fills the tables anew', 'projector')
  .option('--inbox <table>', 'where it notes what it has done', 'public.projector_inbox')
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
