import { Option, type Command } from 'commander';

/** Where the auth API is. */
export interface SourceFlags {
  url?: string;
  key?: string;
  dataDir: string;
  json?: boolean;
}

/** Which events. */
export interface FilterFlags extends SourceFlags {
  after?: string;
  type?: string;
  subject?: string;
}

/** Where NATS is. */
export interface NatsFlags {
  nats?: string;
  dataDir: string;
  json?: boolean;
}

const dataDir = (): Option =>
  new Option('--data-dir <folder>', 'of `npm start`, where keys are looked for').env('USHER_DATA_DIR').default('.data');

export function withSource(command: Command): Command {
  return command
    .option('--json', 'JSON for other programs')
    .addOption(new Option('--url <url>', 'of the auth API').env('USHER_URL'))
    .addOption(new Option('--key <key>', 'secret key').env('USHER_SECRET_KEY'))
    .addOption(dataDir());
}

export function withFilter(command: Command): Command {
  return withSource(command)
    .option('--after <cursor>', 'go on after this cursor')
    .option('--type <types>', 'such as user.created or session.*, several parted by commas')
    .option('--subject <id>', 'of one user or object');
}

export function natsOption(): Option {
  return new Option('--nats <url>', 'of NATS; without it that of `npm start`').env('NATS_URL');
}

export function withNats(command: Command): Command {
  return command.option('--json', 'JSON for other programs').addOption(natsOption()).addOption(dataDir());
}
