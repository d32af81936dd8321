import { migrate } from '@usher/database/migrations/migrate';
import { ensureServiceRoles } from '@usher/database/migrations/roles';
import { prepareDatabase } from '@usher/runtime/local/prepare-database';
import { configFlags, loadEnvironment } from '@usher/runtime/settings/load-environment';
import { readSettings } from '@usher/runtime/settings/settings';
import { servicePasswords } from './service-passwords.js';

/** Brings the database up to date and ends: for deployments of separate services, before any of them starts. */
try {
  const environment = loadEnvironment(configFlags(process.argv.slice(2)));
  const { database, usher } = readSettings(environment, { concerns: ['database', 'usher'] });
  const { adminDatabaseUrl, serviceDatabaseUrls } = usher.setup;
  const { pathname, password } = new URL(database.url);
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  if (adminDatabaseUrl) {
    await prepareDatabase(adminDatabaseUrl, {
      database: decodeURIComponent(pathname.slice(1)),
      password: decodeURIComponent(password),
    });
  }
  const { ran } = await migrate({ url: database.url, namespace: database.namespace, log });
  log(ran.length > 0 ? `migrated: ${ran.join(', ')}` : 'the database is up to date');
  if (adminDatabaseUrl && serviceDatabaseUrls.length > 0) {
    const url = new URL(adminDatabaseUrl);
    url.pathname = pathname;
    await ensureServiceRoles({
      url: url.href,
      passwords: servicePasswords(serviceDatabaseUrls),
      namespace: database.namespace,
    });
    log('the roles of the services are set up');
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
