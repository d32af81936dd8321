// `npm run generate`: JSON Schemas, AsyncAPI, OpenAPI, types and tables, all from the contract objects and the code.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';
import configuration from '../rspack.config.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const compiler = rspack({
  ...configuration(),
  entry: { 'generate/main': path.join(root, 'scripts/generate/main.ts') },
});
const stats = await new Promise((resolve, reject) =>
  compiler.run((error, result) => (error ? reject(error) : resolve(result))),
);
await new Promise((resolve) => compiler.close(resolve));
if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
const run = spawnSync(process.execPath, [path.join(root, 'dist/generate/main.js'), root, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: root,
});
process.exitCode = run.status ?? 1;
