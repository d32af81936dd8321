import { Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ServiceName } from '@usher/contracts/rpc';
import { NatsTransport, type UnexpectedErrorLog } from '@usher/messaging/nats-transport';
import { RpcErrorFilter } from '@usher/messaging/rpc-error.filter';
import { nestLogger } from './logger.js';
import type { Resources } from './resources.js';
import { RuntimeModule } from './runtime.module.js';

/** Starts a service that listens on NATS; resolves when its subscriptions stand. */
export async function startService(name: ServiceName, module: Type, resources: Resources): Promise<INestMicroservice> {
  const logger = resources.logger.child({ component: name });
  const log: UnexpectedErrorLog = (error, subject, errorId) =>
    logger.error({ error, subject, error_id: errorId }, 'unexpected failure');
  const strategy = new NatsTransport(resources.nats, name, log, resources.local);
  const root = withRuntime(module, { ...resources, logger });
  const app = await NestFactory.createMicroservice(root, { strategy, logger: nestLogger(logger), abortOnError: false });
  app.useGlobalFilters(new RpcErrorFilter());
  await app.listen();
  return app;
}

/** The service's module with everything of `RuntimeModule` injectable in it. */
export function withRuntime(module: Type, resources: Resources): Type {
  @Module({ imports: [RuntimeModule.forRoot(resources), module] })
  class RootModule {}
  return RootModule;
}
