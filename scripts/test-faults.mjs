// `npm run test:faults`: the fault tests at full length: two minutes of random kills under 32 writers on 10,000 users. FAULTS_SEED repeats a run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './prepare.mjs';

const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'scripts/test.mjs'), 'test/faults', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { FAULTS_SECONDS: '120', FAULTS_USERS: '10000', ...process.env },
  },
);
process.exitCode = status ?? 1;
