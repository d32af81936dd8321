import { once } from 'node:events';
import { consume } from '@usher/auth-events';
import pg from 'pg';
import { findConnections } from './connections.js';
import { createProfilesTable, keepProfile } from './profiles.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Keeps `public.profiles` in step with the users until it is stopped. */
async function run(): Promise<void> {
  const { databaseUrl, source } = findConnections(process.env);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'profiles' });
  pool.on('error', (error) => say(`database: ${error.message}`));
  await createProfilesTable(pool);
  const consumer = await consume({
    ...source,
    durable: 'profiles',
    inbox: { pool, table: 'public.profiles_inbox' },
    handler: async (event, delivery) => {
      await keepProfile(event, delivery);
      if (event.type.startsWith('auth.user.')) say(`${event.time} ${event.type} ${event.subject}`);
    },
    onError: (error, event) =>
      say(`${event?.type ?? 'source'}: ${error instanceof Error ? error.message : String(error)}`),
  });
  say(`public.profiles follows the users, by ${'servers' in source ? 'NATS' : 'HTTP'}. Ctrl-C ends it.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await consumer.stop();
  await pool.end();
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
