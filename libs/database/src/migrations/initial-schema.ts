import type { QueryRunner } from 'typeorm';
import { MigrationRefused } from './migration-refused.js';

/** The tables that the init script of a self-hosted stack makes, in the form of 2018, for the reference's migrations to build upon. */
const INITIAL_TABLES = ['users', 'refresh_tokens', 'instances', 'audit_log_entries'] as const;

/** What the init script notes in `schema_migrations`; all of them come before the first version of the reference. */
const INITIAL_VERSIONS: ReadonlySet<string> = new Set([
  '20171026211738',
  '20171026211808',
  '20171026211834',
  '20180103212743',
  '20180108183307',
  '20180119214651',
  '20180125194653',
]);

/** Not CASCADE: what depends on a table is not ours to drop. */
export const dropInitialTables = `drop table ${INITIAL_TABLES.join(', ')};`;

/** Whether nothing has happened to the schema since the stack's init script: no other table, no other version. */
export function isInitial({ tables, versions }: { tables: string[]; versions: string[] }): boolean {
  const expected: string[] = [...INITIAL_TABLES, 'schema_migrations'];
  return (
    tables.length === expected.length &&
    expected.every((table) => tables.includes(table)) &&
    versions.length > 0 &&
    versions.every((version) => INITIAL_VERSIONS.has(version))
  );
}

/** What would be lost with the initial tables: rows, and triggers that somebody put on them. */
export interface InitialContents {
  filled: string[];
  triggers: string[];
}

export async function readInitialContents(runner: QueryRunner): Promise<InitialContents> {
  // Nobody may fill a table between this look and its end.
  await runner.query(`lock table ${INITIAL_TABLES.join(', ')} in access exclusive mode`);
  const filled = INITIAL_TABLES.map((table) => `(select '${table}' as name from ${table} limit 1)`).join(' union all ');
  const rows: { name: string }[] = await runner.query(filled);
  const triggers: { name: string }[] = await runner.query(
    `select tgname as name from pg_trigger where not tgisinternal and tgrelid = any ($1::text[]::regclass[]) order by 1`,
    [[...INITIAL_TABLES]],
  );
  return { filled: rows.map(({ name }) => name), triggers: triggers.map(({ name }) => name) };
}

/** Throws a sentence that says what is in the way. */
export function refuseLoss(schema: string, { filled, triggers }: InitialContents): void {
  if (filled.length)
    throw new MigrationRefused(
      `Schema ${schema} has the tables of a new stack, but there are rows in ${filled.join(', ')}: ` +
        'first start Supabase Auth on this database, which upgrades it, then start again.',
    );
  if (triggers.length)
    throw new MigrationRefused(
      `Schema ${schema} has the tables of a new stack, which are to be replaced, but there are triggers on them (${triggers.join(', ')}): ` +
        'drop these, start again, and create them anew.',
    );
}
