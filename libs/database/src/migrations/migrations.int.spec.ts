import { afterAll, describe, expect, it } from '@jest/globals';
import { preparedDatabase, type TestDatabase } from '@usher/testing/postgres';
import { authVersions } from './auth-versions.js';
import { execute } from './execute.fixture.js';
import { migrate, migrateDown } from './migrate.js';
import { MigrationRefused } from './migration-refused.js';

const everything = [
  'AuthBaseline1796000000000',
  'AuthEvents1796000000001',
  'SpentCredentials1796000000002',
  'FactorSafety1796000000021',
  'Attempts1796000000031',
  'TokensState1796000000041',
  'Webhooks1796000000050',
  'SsoSessionEnds1796000000051',
  'FeedRetention1796000000060',
];

const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

/** Nothing in it but what a Supabase stack prepares. */
async function newDatabase(): Promise<TestDatabase> {
  const database = await preparedDatabase();
  databases.push(database);
  return database;
}

/** All that is defined in a schema, as lines that can be compared. */
const catalogue = (url: string, schema: string) =>
  execute(
    url,
    `with r as (select oid, relname, relkind, relowner, relacl, relrowsecurity, reloptions from pg_class
       where relnamespace = '${schema}'::regnamespace)
     select format('%s %s %s %s %s %s', relkind, relname, relowner::regrole, relacl, relrowsecurity, reloptions) as line from r
     union all select format('%s.%s %s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
       attgenerated, pg_get_expr(adbin, adrelid)) from r join pg_attribute on attrelid = r.oid and attnum > 0
       left join pg_attrdef on adrelid = r.oid and adnum = attnum where relkind = 'r'
     union all select conname || pg_get_constraintdef(c.oid) from pg_constraint c join r on conrelid = r.oid
     union all select pg_get_indexdef(r.oid) from r where relkind = 'i'
     union all select pg_get_functiondef(oid) from pg_proc where pronamespace = '${schema}'::regnamespace
     union all select typname || enumlabel || enumsortorder from pg_enum join pg_type t on t.oid = enumtypid
       where typnamespace = '${schema}'::regnamespace
     union all select relname || objsubid || description from pg_description join r on objoid = r.oid
     order by 1`,
  );

const versionsIn = async (url: string) =>
  (await execute(url, 'select version from auth.schema_migrations order by 1')).map((row) => row.version);

/** What the reference leaves behind: schema auth, and nothing of ours. */
async function referenceDatabase() {
  const database = await newDatabase();
  await migrate({ url: database.url });
  await execute(database.url, 'drop schema auth_events cascade');
  return database;
}

describe('migrations', () => {
  it('make an empty database ready, once', async () => {
    const { url } = await newDatabase();
    expect(await migrate({ url })).toEqual({ adopted: false, ran: everything });
    expect(await versionsIn(url)).toEqual(authVersions);
    expect(await migrate({ url })).toEqual({ adopted: false, ran: [] });
  });

  it('leave the same catalogue after up, down, up', async () => {
    const { url } = await newDatabase();
    await migrate({ url });
    const auth = await catalogue(url, 'auth');
    const events = await catalogue(url, 'auth_events');
    await migrateDown({ url });
    expect(await catalogue(url, 'auth')).toEqual([]);
    await migrateDown({ url });
    expect((await migrate({ url })).ran).toEqual(everything);
    expect(await catalogue(url, 'auth')).toEqual(auth);
    expect(await catalogue(url, 'auth_events')).toEqual(events);
  });

  it('are not undone under accounts', async () => {
    const { url } = await newDatabase();
    await migrate({ url });
    await execute(url, 'insert into auth.users (id) values (gen_random_uuid())');
    await expect(migrateDown({ url })).rejects.toThrow(MigrationRefused);
    expect(await execute(url, 'select from auth.users')).toHaveLength(1);
  });

  it('adopt what the reference left, unchanged', async () => {
    const { url } = await referenceDatabase();
    await execute(url, 'insert into auth.users (id) values (gen_random_uuid())');
    const before = await catalogue(url, 'auth');
    expect(await migrate({ url })).toEqual({ adopted: true, ran: everything });
    expect(await catalogue(url, 'auth')).toEqual(before);
    expect(await execute(url, 'select from auth.users')).toHaveLength(1);
    expect(await migrate({ url })).toEqual({ adopted: false, ran: [] });
  });

  it('adopt what a newer reference left, and say so', async () => {
    const { url } = await referenceDatabase();
    await execute(url, `insert into auth.schema_migrations values ('20991231000000')`);
    const lines: string[] = [];
    expect((await migrate({ url, log: (line) => lines.push(line) })).adopted).toBe(true);
    expect(lines[0]).toBe('schema auth has migrations newer than this release: 20991231000000');
  });

  it('refuse what an older reference left, and touch nothing', async () => {
    const { url } = await referenceDatabase();
    await execute(url, `delete from auth.schema_migrations where version = '20260625000000'`);
    await expect(migrate({ url })).rejects.toThrow(
      'Schema auth is at migration 20260302000000 with 1 of 70 migrations missing: first start Supabase Auth 2.192.0',
    );
    expect(await execute(url, `select to_regnamespace('auth_events') as schema`)).toEqual([{ schema: null }]);
  });

  it('run once when several processes start at once', async () => {
    const { url } = await newDatabase();
    const results = await Promise.all([migrate({ url }), migrate({ url }), migrate({ url })]);
    expect(results.map((result) => result.ran.length).sort()).toEqual([0, 0, everything.length]);
  });

  it('name the grant that is missing to create schema auth_events', async () => {
    const { url, adminUrl, name } = await newDatabase();
    await execute(adminUrl, `revoke create on database ${name} from supabase_auth_admin`);
    await expect(migrate({ url })).rejects.toThrow(
      `Role supabase_auth_admin may not create schema auth_events: run "grant create on database ${name} to supabase_auth_admin" and start again.`,
    );
  });

  it('name the grant that is missing on a schema auth of somebody else', async () => {
    const { url, adminUrl } = await newDatabase();
    await execute(adminUrl, 'alter schema auth owner to postgres');
    await expect(migrate({ url })).rejects.toThrow(
      'Role supabase_auth_admin may not use schema auth: run "grant usage, create on schema auth to supabase_auth_admin" and start again.',
    );
    await execute(adminUrl, 'grant usage on schema auth to supabase_auth_admin');
    await expect(migrate({ url })).rejects.toThrow(
      'The database refuses the migration to its role: permission denied for schema auth.',
    );
    await execute(adminUrl, 'grant create on schema auth to supabase_auth_admin');
    expect((await migrate({ url })).ran).toEqual(everything);
  });

  it('use the schema that DB_NAMESPACE names', async () => {
    const { url } = await newDatabase();
    await migrate({ url, namespace: 'My Accounts' });
    expect(await execute(url, 'select version from "My Accounts".schema_migrations')).toHaveLength(70);
    expect(await catalogue(url, 'auth')).toEqual([]);
  });
});
