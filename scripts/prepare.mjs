// What has to be there before anything runs. Uses nothing but Node: this may be the first command after `git clone`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const WANTED = [20, 19];

/** Installs what the lockfile names and builds, each only if needed; ends the process with one sentence if it cannot. */
export async function prepare() {
  checkNode();
  process.chdir(root);
  if (isOlder('node_modules/.package-lock.json', ['package-lock.json'])) install();
  if (isOlder('dist/.built', ['apps', 'libs', 'examples', 'rspack.config.mjs', 'tsconfig.json', 'package-lock.json'])) {
    await build();
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) return;
  fail(`Node ${WANTED.join('.')} or later is needed, this is ${process.versions.node}.`);
}

function install() {
  console.log('  installing packages, which takes a minute the first time …');
  // Under `npm start` this is the npm that runs us; npm itself is a script, so that no shell is needed.
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status, error } = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  });
  if (error) fail(`npm cannot be run (${error.message}): install the packages with npm ci.`);
  if (status !== 0) fail('The packages could not be installed: see the message of npm above.');
}

async function build() {
  console.log('  building …');
  try {
    const { build: run } = await import('./build.mjs');
    await run();
  } catch (error) {
    fail(`The build failed: ${error.message}`);
  }
}

function isOlder(product, sources) {
  const made = statSync(product, { throwIfNoEntry: false })?.mtimeMs;
  return made === undefined || sources.filter((source) => existsSync(source)).some((source) => newest(source) > made);
}

/** Milliseconds since 1970. Folders count as well: they change when a file goes. */
function newest(entry) {
  const stats = statSync(entry);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(entry).filter((name) => name !== 'node_modules' && !name.endsWith('.spec.ts'));
  return inside.reduce((latest, name) => Math.max(latest, newest(path.join(entry, name))), stats.mtimeMs);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
