// `npm start`: installs and builds if needed, then runs everything in this process, so that there is nobody between the
// terminal and the program.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

const IMPATIENT_MS = 3_000;

await prepare();
surviveRepeatedCtrlC();
const main = path.join(root, 'dist/apps/standalone/main.js');
process.setSourceMapsEnabled(true);
process.argv.splice(1, 1, main, '--laptop');
await import(pathToFileURL(main).href);

/** One Ctrl-C arrives twice, from the terminal and from npm: only a later one means that the user will not wait. */
function surviveRepeatedCtrlC() {
  let first;
  process.on('SIGINT', () => {
    first ??= Date.now();
    if (Date.now() - first > IMPATIENT_MS) process.exit(130);
  });
}
