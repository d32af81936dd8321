import { once } from 'node:events';
import { createServer } from 'node:net';
import { LaunchError } from './launch-error.js';

/**
 * Told before anything is started, rather than after.
 * @throws LaunchError when somebody else listens there.
 */
export async function refuseBusyPort(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host || '0.0.0.0');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new LaunchError(`port ${port} is in use by another program; choose another with PORT`);
  }
  server.close();
  await once(server, 'close');
}
