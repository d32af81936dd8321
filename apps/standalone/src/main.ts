import 'reflect-metadata';
import { migrate } from '@usher/database/migrations/migrate';
import { LocalOperations } from '@usher/messaging/operation';
import { untilStopped } from '@usher/runtime/lifecycle';
import { refuseBusyPort } from '@usher/runtime/local/busy-port';
import { openResources } from '@usher/runtime/resources';
import { configFlags, loadEnvironment } from '@usher/runtime/settings/load-environment';
import { readSettings } from '@usher/runtime/settings/settings';
import { startService } from '@usher/runtime/start-service';
import { startGateway } from '../../gateway/src/start-gateway.js';
import { startInfrastructure } from './infrastructure.js';
import { prepareLaptop } from './laptop.js';
import { SERVICES } from './services.js';

/** The whole product in one process: the drop-in for the reference's container, and with `--laptop` what `npm start` runs. */
await untilStopped(async (stack) => {
  const base = loadEnvironment(configFlags(process.argv.slice(2)));
  const laptop = process.argv.includes('--laptop') ? await prepareLaptop(base) : undefined;
  const environment = laptop?.environment ?? base;
  const given = readSettings(environment, { databaseUrlRequired: false });
  await refuseBusyPort(given.api.port, given.api.host);
  const infrastructure = await startInfrastructure(stack, {
    databaseUrl: given.database.url,
    natsUrl: given.usher.natsUrl,
    natsServerBin: given.usher.natsServerBin,
    dataDir: laptop?.dataDir,
    log: laptop?.progress ?? (() => undefined),
  });
  await migrate({ url: infrastructure.databaseUrl, namespace: given.database.namespace, log: laptop?.progress });
  const settings = {
    ...given,
    database: { ...given.database, url: infrastructure.databaseUrl },
    usher: { ...given.usher, natsUrl: infrastructure.natsUrl },
  };
  const resources = { ...stack.use(await openResources(settings, 'standalone')), local: new LocalOperations() };
  await Promise.all(SERVICES.map(async ([name, module]) => stack.use(await startService(name, module, resources))));
  const gateway = stack.use(await startGateway(resources));
  if (laptop) laptop.announce({ ...infrastructure, url: gateway.url });
});
