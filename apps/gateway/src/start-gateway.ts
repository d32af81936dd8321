import { NestFactory } from '@nestjs/core';
import { nestLogger } from '@usher/runtime/logger';
import type { Resources } from '@usher/runtime/resources';
import { withRuntime } from '@usher/runtime/start-service';
import { GatewayModule } from './gateway.module.js';
import { createFastify } from './http/create-fastify.js';
import { GatewayAdapter } from './http/gateway-adapter.js';
import { UnmatchedRequests } from './http/unmatched-requests.js';

export interface Gateway {
  /** Where it listens. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the public HTTP server on `GOTRUE_API_HOST`:`PORT`; a busy port is told in one sentence. */
export async function startGateway(resources: Resources): Promise<Gateway> {
  const logger = resources.logger.child({ component: 'api' });
  const fastify = createFastify(resources.settings, logger);
  const adapter = new GatewayAdapter(fastify);
  const root = withRuntime(GatewayModule, { ...resources, logger });
  const app = await NestFactory.create(root, adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  adapter.onUnmatched(app.get(UnmatchedRequests));
  const { host, port } = resources.settings.api;
  try {
    await app.listen(port, host || '0.0.0.0');
  } catch (error) {
    await app.close();
    throw explain(error, port);
  }
  return { url: await app.getUrl(), close: () => app.close() };
}

function explain(error: unknown, port: number): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return new Error(`port ${port} is in use by another program; choose another with PORT`, { cause: error });
}
