import type { QueryRunner } from 'typeorm';
import { authVersions, referenceRelease } from './auth-versions.js';
import { isInitial } from './initial-schema.js';
import { MigrationRefused } from './migration-refused.js';

export interface AuthState {
  schema: string;
  tables: string[];
  versions: string[];
}

const newestVersion = authVersions[authVersions.length - 1] ?? '';

/** What the schema at the head of the search path holds. */
export async function readAuthState(runner: QueryRunner): Promise<AuthState> {
  const [state]: Omit<AuthState, 'versions'>[] = await runner.query(`
    select current_schema()::text as schema,
      coalesce((select json_agg(relname) from pg_class
        join pg_namespace n on n.oid = relnamespace
        where nspname = current_schema() and relkind in ('r', 'p')), '[]') as tables`);
  if (!state) throw new Error('the database did not answer');
  if (!state.tables.includes('schema_migrations')) return { ...state, versions: [] };
  const rows: { version: string }[] = await runner.query('select version from schema_migrations order by version');
  return { ...state, versions: rows.map((row) => row.version) };
}

/**
 * Whether the schema is to be created, also in place of what a new stack begins with, or already is what it should be. Whole databases are taken over, half-way ones
 * are not: the data migrations between the reference's versions are its own to run.
 */
export function decideAdoption({ schema, tables, versions }: AuthState): 'create' | 'replace' | 'adopt' {
  if (tables.length === 0) return 'create';
  if (isInitial({ tables, versions })) return 'replace';
  const missing = authVersions.filter((version) => !versions.includes(version));
  if (missing.length === 0) return 'adopt';
  const found = versions.filter((version) => version <= newestVersion).at(-1);
  const state = found
    ? `is at migration ${found} with ${missing.length} of ${authVersions.length} migrations missing`
    : 'holds tables but no record of a migration';
  throw new MigrationRefused(
    `Schema ${schema} ${state}: first start Supabase Auth ${referenceRelease} or later on this database, ` +
      `which upgrades it to migration ${newestVersion}, then start again.`,
  );
}

/** Versions that a later release of the reference has added; they only ever add to the schema. */
export function newerVersions({ versions }: AuthState): string[] {
  return versions.filter((version) => version > newestVersion);
}
