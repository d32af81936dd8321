// `npm run build`: every program into dist/, in one rspack run. Types are checked by `npm run check`, not here.
import { closeSync, mkdirSync, openSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';
import configuration, { entries } from '../rspack.config.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export async function build() {
  const started = new Date();
  const programs = Object.keys(entries());
  if (programs.length === 0) throw new Error('nothing to build: no apps/*/src/main.ts');
  const compiler = rspack(configuration());
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true, colors: process.stdout.isTTY }));
  if (stats.hasWarnings()) console.warn(stats.toString({ all: false, warnings: true, colors: process.stdout.isTTY }));
  stamp(started);
  return { programs, seconds: (Date.now() - started.getTime()) / 1000 };
}

/** Dated by the start of the build: a file saved while it ran is newer, and makes the next start build again. */
function stamp(started) {
  const file = path.join(root, 'dist/.built');
  mkdirSync(path.dirname(file), { recursive: true });
  closeSync(openSync(file, 'w'));
  utimesSync(file, started, started);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { programs, seconds } = await build();
    console.log(`built ${programs.length} programs in ${seconds.toFixed(1)} s: ${programs.join(' ')}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
