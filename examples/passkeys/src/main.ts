import path from 'node:path';
import { servePage } from './page-server.js';

const port = Number(process.env.PASSKEYS_PORT ?? 3000);
const authUrl = process.env.USHER_URL ?? 'http://localhost:9999';

servePage(path.resolve('examples/passkeys/public'), authUrl).listen(port, () =>
  process.stdout.write(`Open http://localhost:${port}\n`),
);
