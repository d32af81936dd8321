import { Cleanup, type CleanupTask } from '@usher/database/cleanup';
import { connectDatabase } from '@usher/database/connect';
import { startPostgres } from '@usher/testing/postgres';
import { OldFlowRows } from '../../apps/identity-providers/src/cleanup/old-flow-rows.repository.js';

const ROWS = Number(process.argv[2] ?? 1_000_000);

const postgres = await startPostgres();
const url = new URL(postgres.adminUrl);
url.pathname = '/usher_migrated';
const database = connectDatabase({
  ...{ url: url.href, maxConnections: 2, applicationName: 'bench', namespace: 'auth', namedStatements: true },
  onIdleError: () => undefined,
});
try {
  await database.pool.query(
    `INSERT INTO flow_state (id, provider_type, authentication_method, created_at, updated_at)
     SELECT gen_random_uuid(), 'email', 'magiclink', now() - interval '2 days', now() FROM generate_series(1, $1::int)`,
    [ROWS],
  );
  await database.pool.query('VACUUM ANALYZE flow_state');
  const times: number[] = [];
  const timed = (task: CleanupTask): CleanupTask => ({
    ...task,
    async run(tx, limit, now) {
      const started = performance.now();
      const count = await task.run(tx, limit, now);
      times.push(performance.now() - started);
      return count;
    },
  });
  const onError = (task: string, error: unknown): void => {
    throw new Error(task, { cause: error });
  };
  const tasks = new OldFlowRows().tasks().map(timed);
  const started = performance.now();
  const removed = await new Cleanup(database, { name: 'bench', tasks, roundMs: 600_000, onError }).round();
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(1);
  process.stdout.write(
    `${removed.flow_state} rows in ${seconds.toFixed(1)} s, ${Math.round((removed.flow_state ?? 0) / seconds)} rows/s; ` +
      `a batch p50/p99 ${at(0.5)}/${at(0.99)} ms, longest ${at(0.99999)} ms\n`,
  );
} finally {
  await database.pool.end();
  await postgres.stop();
}
