import { consume } from '@usher/auth-events';
import pg from 'pg';

/** A consumer for tests to kill: `node consumer.js <database url> <nats url>`; one row in `effects` for each event. */
const [databaseUrl, servers = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
pool.on('error', () => undefined);
await consume({
  servers,
  durable: 'faults',
  ackWaitMs: 3_000,
  inbox: { pool, table: 'public.faults_inbox' },
  handler: async (event, { client }) => {
    await client.query('INSERT INTO public.effects (id, subject, version) VALUES ($1, $2, $3)', [
      event.id,
      event.subject,
      event.subjectversion,
    ]);
  },
});
process.stdout.write('ready\n');
