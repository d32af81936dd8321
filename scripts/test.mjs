// `npm test`: installs and builds if needed, runs every test, and ends with `N passed, N failed`. Arguments go to jest.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare();
const results = path.join(root, 'dist/test-results.json');
rmSync(results, { force: true });
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
// A server that a failed test could not end must not keep the whole run waiting.
const run = spawnSync(
  process.execPath,
  [...jest, '--forceExit', '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
  {
    // Jest's own report goes to stderr; with --json it would print the results to stdout as well.
    stdio: ['inherit', 'ignore', 'inherit'],
  },
);
const { passed, failed } = counted();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A file that cannot run counts as one failure, and so does a run that ends badly without a failed test. */
function counted() {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    const failures = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: run.status === 0 ? failures : Math.max(failures, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
