import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { print, say } from './table.js';
import { translateTriggers } from './translate-trigger.js';

export interface ImportFlags {
  database?: string;
  file?: string;
  function?: string;
  out?: string;
}

/** `usher events import-trigger`: the mapping file that does what the triggers on `auth.users` do. */
export async function importTrigger(flags: ImportFlags): Promise<void> {
  const functions = flags.file ? [readFileSync(flags.file, 'utf8')] : await fromDatabase(flags);
  if (!functions.length)
    throw new Error('There is no trigger on auth.users; with --function any function can be named.');
  const { tables, refused } = translateTriggers(functions);
  const text = `${JSON.stringify({ tables }, null, 2)}\n`;
  if (tables.length && flags.out) writeFileSync(flags.out, text);
  else if (tables.length) print(text);
  if (tables.length && flags.out) say(`${flags.out} fills ${tables.map(({ table }) => table).join(', ')}`);
  if (!refused.length) return;
  say('not translated, write a consumer with @usher/auth-events for it:');
  for (const sentence of refused) say(`  ${sentence}`);
  process.exitCode = 1;
}

async function fromDatabase({ database, function: name }: ImportFlags): Promise<string[]> {
  if (!database) throw new Error('Give --database, or --file with the text of the function.');
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows } = await client.query<{ source: string }>(
      name
        ? { text: 'SELECT prosrc AS source FROM pg_proc WHERE oid = $1::regproc', values: [name] }
        : `SELECT DISTINCT p.prosrc AS source FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
           WHERE t.tgrelid = 'auth.users'::regclass AND NOT t.tgisinternal`,
    );
    return rows.map(({ source }) => source);
  } finally {
    await client.end();
  }
}
