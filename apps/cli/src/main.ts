import { Command } from 'commander';
import { eventsCommand } from './events/events.command.js';
import { keysCommand } from './keys/keys.command.js';

const program = new Command('usher')
  .description('Usher from a terminal')
  .addCommand(eventsCommand())
  .addCommand(keysCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
