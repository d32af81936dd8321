import type { Type } from '@nestjs/common';
import type { ServiceName } from '@usher/contracts/rpc';
import { serveHealth } from './health-server.js';
import { untilStopped } from './lifecycle.js';
import { openResources } from './resources.js';
import { configFlags, loadEnvironment } from './settings/load-environment.js';
import { readSettings } from './settings/settings.js';
import { startService } from './start-service.js';

/** `main` of a service that is a process by itself: runs until SIGTERM or SIGINT, then finishes what is in flight. */
export async function runService(name: ServiceName, module: Type): Promise<void> {
  await untilStopped(async (stack) => {
    const settings = readSettings(loadEnvironment(configFlags(process.argv.slice(2))));
    const resources = stack.use(await openResources(settings, name));
    stack.use(await startService(name, module, resources));
    stack.use(await serveHealth(settings.usher.healthPort, resources));
    resources.logger.info('ready');
  });
}
