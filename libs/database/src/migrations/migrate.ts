import { DataSource, MigrationExecutor, QueryFailedError } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import { decideAdoption, newerVersions, readAuthState } from './adoption.js';
import { Attempts } from './attempts.js';
import { AuthBaseline, authBaselineName } from './auth-baseline.js';
import { AuthEvents } from './auth-events.js';
import { FactorSafety } from './factor-safety.js';
import { readInitialContents, refuseLoss } from './initial-schema.js';
import { FeedRetention } from './feed-retention.js';
import { MigrationRefused } from './migration-refused.js';
import { ensureSchemas } from './schemas.js';
import { SpentCredentials } from './spent-credentials.js';
import { SsoSessionEnds } from './sso-session-ends.js';
import { TokensState } from './tokens-state.js';
import { Webhooks } from './webhooks.js';

export interface MigrateOptions {
  url: string;
  /** Schema of the accounts; `DB_NAMESPACE` of the reference. */
  namespace?: string;
  log?: (line: string) => void;
}

export interface MigrateResult {
  /** True when this run took over a schema that the reference server had made. */
  adopted: boolean;
  ran: string[];
}

/** Any number that all processes agree on. */
const lockKey = 7_836_120_451;
/** SQLSTATE of a missing grant. */
const insufficientPrivilege = '42501';
/** SQLSTATE of a table that something else refers to. */
const dependentObjects = '2BP01';

/**
 * Brings the database up to date: creates schema `auth` or adopts it as the reference left it, then `auth_events`.
 * Safe to call from several processes at once. Throws MigrationRefused with a sentence for the operator.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const log = options.log ?? (() => undefined);
  return inMigration(options, async (runner, executor) => {
    await ensureSchemas(runner, namespaceOf(options));
    const state = await readAuthState(runner);
    const decision = decideAdoption(state);
    if (decision === 'replace') refuseLoss(state.schema, await readInitialContents(runner));
    const newer = newerVersions(state);
    if (newer.length > 0) log(`schema ${state.schema} has migrations newer than this release: ${newer.join(', ')}`);
    const ran = (await executor.executePendingMigrations()).map((migration) => migration.name);
    const adopted = decision === 'adopt' && ran.includes(authBaselineName);
    if (adopted) log(`adopted schema ${state.schema} of an existing server, unchanged`);
    return { adopted, ran };
  });
}

const anythingOfValue = ['users', 'audit_log_entries', 'oauth_clients', 'sso_providers', 'custom_oauth_providers']
  .map((table) => `(select from ${table} limit 1)`)
  .join(' union all ');

/** Undoes every migration. Refused once the database is in use: this is for tests and for a failed first set-up. */
export async function migrateDown(options: MigrateOptions): Promise<void> {
  await inMigration(options, async (runner, executor) => {
    if ((await executor.getExecutedMigrations()).length === 0) return;
    const rows: unknown[] = await runner.query(anythingOfValue);
    if (rows.length > 0)
      throw new MigrationRefused('There are accounts or settings in this database: it is not torn down.');
    while ((await executor.getExecutedMigrations()).length > 0) await executor.undoLastMigration();
  });
}

const namespaceOf = ({ namespace }: MigrateOptions) => namespace ?? 'auth';

/**
 * One connection, one transaction. The lock ends with the transaction, so that neither a crash nor a connection
 * pooler between us and the database can leave it behind.
 */
async function inMigration<T>(
  options: MigrateOptions,
  work: (runner: QueryRunner, executor: MigrationExecutor) => Promise<T>,
): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: 'auth_events',
    migrations: [
      AuthBaseline,
      AuthEvents,
      SpentCredentials,
      FactorSafety,
      Attempts,
      TokensState,
      Webhooks,
      SsoSessionEnds,
      FeedRetention,
    ],
    migrationsTableName: 'migrations',
    installExtensions: false,
    poolSize: 1,
    // Silent: a failure is thrown, and its caller words it.
    logger: 'debug',
  });
  await source.initialize().catch((error: unknown) => {
    throw unreachable(options.url, error);
  });
  try {
    const runner = source.createQueryRunner();
    await runner.startTransaction('READ COMMITTED');
    await runner.query('select pg_advisory_xact_lock($1)', [lockKey]);
    await runner.query(`select set_config('search_path', quote_ident($1), true)`, [namespaceOf(options)]);
    const result = await work(runner, new MigrationExecutor(source, runner));
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    throw explain(error) ?? error;
  } finally {
    // Closing the connection also rolls back what was not committed.
    await source.destroy();
  }
}

function explain({ message, driverError: cause }: QueryFailedError<Error & { code?: string; detail?: string }>) {
  switch (cause.code) {
    case insufficientPrivilege:
      return new MigrationRefused(`The database refuses the migration to its role: ${message}.`, { cause });
    case dependentObjects:
      return new MigrationRefused(
        `Something depends on the tables that the migration is to replace: ${cause.detail ?? message}. Drop it, start again, and create it anew.`,
        { cause },
      );
    default:
      return undefined;
  }
}

/** The server's own reason, without the password of the URL. */
function unreachable(url: string, cause: unknown): MigrationRefused {
  const reason = cause instanceof Error ? cause.message || (cause as { code?: string }).code : String(cause);
  const host = URL.canParse(url) ? new URL(url).host : 'DATABASE_URL';
  return new MigrationRefused(`The database at ${host} cannot be used (${reason}): check DATABASE_URL.`);
}
