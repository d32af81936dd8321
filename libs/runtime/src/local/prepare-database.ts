import pg from 'pg';

export interface PrepareDatabaseOptions {
  /** Made if it is missing. */
  database: string;
  /** Of the role supabase_auth_admin. */
  password: string;
}

const { escapeIdentifier, escapeLiteral } = pg;

/** Roles are the server's, not the database's. Names and attributes are those of a self-hosted stack. */
const ROLES: Record<string, string> = {
  supabase_auth_admin: 'noinherit createrole login noreplication',
  anon: 'nologin noinherit',
  authenticated: 'nologin noinherit',
  service_role: 'nologin noinherit bypassrls',
  dashboard_user: 'nologin createrole createdb replication',
};

/**
 * Makes what a Supabase stack prepares for its auth server: roles, schema `auth`, extensions. May be repeated.
 * @param adminUrl connection URL of a superuser, for any database of the server.
 * @returns the DATABASE_URL of supabase_auth_admin.
 */
export async function prepareDatabase(
  adminUrl: string,
  { database, password }: PrepareDatabaseOptions,
): Promise<string> {
  await withClient(adminUrl, async (client) => {
    await client.query(rolesSql(password));
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  });
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  await withClient(url.href, (client) => client.query(databaseSql(database)));
  url.username = 'supabase_auth_admin';
  url.password = encodeURIComponent(password);
  return url.href;
}

function rolesSql(password: string): string {
  const create = Object.entries(ROLES).map(
    ([name, attributes]) =>
      `if not exists (select from pg_roles where rolname = '${name}') then create role ${name} ${attributes}; end if;`,
  );
  return `
    do $$ begin ${create.join('\n')} end $$;
    alter role supabase_auth_admin with password ${escapeLiteral(password)};
    alter role supabase_auth_admin set search_path = 'auth'`;
}

function databaseSql(database: string): string {
  return `
    grant create on database ${escapeIdentifier(database)} to supabase_auth_admin;
    create schema if not exists auth authorization supabase_auth_admin;
    create schema if not exists extensions;
    grant usage on schema extensions to public;
    create extension if not exists pgcrypto with schema extensions;
    create extension if not exists "uuid-ossp" with schema extensions`;
}

async function withClient(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
