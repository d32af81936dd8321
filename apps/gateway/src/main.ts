import 'reflect-metadata';
import { untilStopped } from '@usher/runtime/lifecycle';
import { openResources } from '@usher/runtime/resources';
import { configFlags, loadEnvironment } from '@usher/runtime/settings/load-environment';
import { readSettings } from '@usher/runtime/settings/settings';
import { startGateway } from './start-gateway.js';

await untilStopped(async (stack) => {
  const resources = stack.use(
    await openResources(readSettings(loadEnvironment(configFlags(process.argv.slice(2)))), 'gateway'),
  );
  const gateway = stack.use(await startGateway(resources));
  resources.logger.info({ url: gateway.url }, 'ready');
});
