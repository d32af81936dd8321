// Bundles the programs that the fault tests kill: `node bundle.mjs`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';
import configuration from '../../rspack.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = {
  'faults/events': path.join(root, 'apps/events/src/main.ts'),
  'faults/tokens': path.join(root, 'apps/tokens/src/main.ts'),
  'faults/consumer': path.join(root, 'test/faults/consumer.program.ts'),
};

const compiler = rspack({ ...configuration(), entry });
compiler.run((error, stats) => {
  if (error ?? stats.hasErrors()) {
    process.stderr.write(String(error ?? stats.toString({ all: false, errors: true })));
    process.exitCode = 1;
  }
  compiler.close(() => undefined);
});
