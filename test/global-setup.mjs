// Jest gives a global setup neither the path aliases nor TypeScript, so the launchers are bundled first (a tenth of a second).
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';
import configuration from '../rspack.config.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export default async function globalSetup({ testPathPatterns }) {
  if (!needsServers(testPathPatterns?.patterns ?? [])) return;
  await bundle();
  const { startTestServers } = await import('../dist/testing/global-setup.js');
  globalThis.stopTestServers = await startTestServers();
}

/** Is any of the chosen files one that talks to PostgreSQL or NATS? */
function needsServers(patterns) {
  const chosen = patterns.map((pattern) => new RegExp(pattern, 'i'));
  return ['apps', 'libs', 'test', 'examples']
    .flatMap((folder) => specsIn(path.join(root, folder)))
    .some((file) => chosen.length === 0 || chosen.some((pattern) => pattern.test(file)));
}

function specsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.(int|e2e)\.spec\.ts$/.test(file) && !file.includes('node_modules'))
    .map((file) => path.join(folder, file));
}

async function bundle() {
  const programs = ['global-setup', 'hold-servers'];
  const entry = Object.fromEntries(
    programs.map((name) => [`testing/${name}`, path.join(root, `libs/testing/src/${name}.ts`)]),
  );
  const compiler = rspack({ ...configuration(), entry });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
}
