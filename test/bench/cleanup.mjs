// The clean-up at a backlog: `node test/bench/cleanup.mjs [rows]`. Brings its own PostgreSQL.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { rspack } from '@rspack/core';
import configuration from '../../rspack.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = { 'bench/cleanup': path.join(root, 'test/bench/cleanup.program.ts') };
const compiler = rspack({ ...configuration(), entry });
compiler.run((error, stats) => {
  compiler.close(() => undefined);
  if (error ?? stats.hasErrors()) {
    process.stderr.write(String(error ?? stats.toString({ all: false, errors: true })));
    process.exitCode = 1;
    return;
  }
  const program = path.join(root, 'dist/bench/cleanup.js');
  spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' }).on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
});
