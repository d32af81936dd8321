import type { QueryRunner } from 'typeorm';
import { MigrationRefused } from './migration-refused.js';

interface Grants {
  role: string;
  database: string;
  existing: string[];
  usable: string[];
  mayCreate: boolean;
}

/** Creates the schemas that are missing, where the role may; otherwise names the grant that it lacks. */
export async function ensureSchemas(runner: QueryRunner, namespace: string): Promise<void> {
  const wanted = [namespace, 'auth_events'];
  const [grants]: Grants[] = await runner.query(
    `select current_user::text as role, current_database()::text as database,
       coalesce((select json_agg(nspname) from pg_namespace where nspname = any ($1)), '[]') as existing,
       coalesce((select json_agg(nspname) from pg_namespace
         where nspname = any ($1) and has_schema_privilege(oid, 'usage')), '[]') as usable,
       has_database_privilege(current_database(), 'create') as "mayCreate"`,
    [wanted],
  );
  if (!grants) throw new Error('the database did not answer');
  for (const schema of wanted) {
    if (grants.usable.includes(schema)) continue;
    // A schema that the role cannot look into would pass for an empty one.
    if (grants.existing.includes(schema)) throw new MigrationRefused(missingUsage(schema, grants));
    if (!grants.mayCreate) throw new MigrationRefused(missingCreate(schema, grants));
    await runner.query(`create schema ${quoted(schema)}`);
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const missingUsage = (schema: string, { role }: Grants) =>
  `Role ${role} may not use schema ${schema}: run "grant usage, create on schema ${schema} to ${role}" and start again.`;

const missingCreate = (schema: string, { role, database }: Grants) =>
  `Role ${role} may not create schema ${schema}: run "grant create on database ${database} to ${role}" and start again.`;
