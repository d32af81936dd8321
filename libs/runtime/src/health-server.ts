import { createServer } from 'node:http';
import type { Resources } from './resources.js';

/** GET /health of a service without HTTP of its own: 200 while it is connected to NATS and PostgreSQL answers, else 503. Port 0 = none. */
export async function serveHealth(
  port: number,
  resources: Pick<Resources, 'nats' | 'database'>,
): Promise<{ close(): void }> {
  if (!port) return { close: () => undefined };
  const server = createServer((_request, response) => {
    void healthy(resources).then((ok) => response.writeHead(ok ? 200 : 503).end());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return server;
}

async function healthy({ nats, database }: Pick<Resources, 'nats' | 'database'>): Promise<boolean> {
  if (nats.isClosed()) return false;
  return database.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
}
