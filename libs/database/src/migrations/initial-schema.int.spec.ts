import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { preparedDatabase, type TestDatabase } from '@usher/testing/postgres';
import { authVersions } from './auth-versions.js';
import { execute } from './execute.fixture.js';
import { initialSchema } from './initial-schema.fixture.js';
import { migrate } from './migrate.js';
import { MigrationRefused } from './migration-refused.js';

/** Tables with their columns, constraints, indexes and row security; not who may read them, which the stack adds to. */
const shape = (url: string) =>
  execute(
    url,
    `with r as (select * from pg_class where relnamespace = 'auth'::regnamespace and relname not like 'schema_migrations%')
     select format('%s %s %s %s', relkind, relname, relowner::regrole, relrowsecurity) as line from r
     union all select format('%s.%s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull)
       from r join pg_attribute on attrelid = r.oid and attnum > 0 and not attisdropped where relkind = 'r'
     union all select conname || pg_get_constraintdef(c.oid) from pg_constraint c join r on conrelid = r.oid
     union all select pg_get_indexdef(r.oid) from r where relkind = 'i'
     union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'auth'::regnamespace
     order by 1`,
  );

describe('the database of a new stack, in which no auth server ever ran', () => {
  const databases: TestDatabase[] = [];
  let database: TestDatabase;
  afterAll(() => Promise.all(databases.map((one) => one.drop())));

  beforeEach(async () => {
    database = await preparedDatabase();
    databases.push(database);
    await execute(database.adminUrl, initialSchema);
  });

  const refusal = () => migrate({ url: database.url }).catch((error: unknown) => error as Error);

  it('becomes what an empty database becomes', async () => {
    const empty = await preparedDatabase();
    databases.push(empty);
    await migrate({ url: empty.url });
    const { adopted, ran } = await migrate({ url: database.url });
    expect([adopted, ran.length > 0]).toEqual([false, true]);
    expect(await shape(database.url)).toEqual(await shape(empty.url));
    expect((await migrate({ url: database.url })).ran).toEqual([]);
  });

  it('keeps its bookkeeping, so that the reference can take over', async () => {
    await migrate({ url: database.url });
    const rows = await execute(database.url, 'select version from auth.schema_migrations order by 1');
    expect(rows.map(({ version }) => version)).toEqual(expect.arrayContaining(['20180125194653', ...authVersions]));
    expect(rows).toHaveLength(77);
  });

  it('keeps what the stack grants on new tables', async () => {
    await migrate({ url: database.url });
    const grants = `select has_table_privilege('dashboard_user', 'auth.users', 'select') as users,
      has_table_privilege('dashboard_user', 'auth.identities', 'select') as identities`;
    expect(await execute(database.url, grants)).toEqual([{ users: true, identities: true }]);
  });

  it.each(['users', 'audit_log_entries', 'instances'])('is refused with rows in %s, which stay', async (table) => {
    await execute(database.url, `insert into auth.${table} (id) values (gen_random_uuid())`);
    const error = await refusal();
    expect(error).toBeInstanceOf(MigrationRefused);
    expect((error as Error).message).toContain(`there are rows in ${table}`);
    expect(await execute(database.url, `select from auth.${table}`)).toHaveLength(1);
  });

  it('is refused with a trigger on the users, which would be lost', async () => {
    await execute(
      database.adminUrl,
      `create function public.handle_new_user() returns trigger language plpgsql as $$ begin return new; end $$;
       create trigger on_auth_user_created after insert on auth.users for each row execute function public.handle_new_user()`,
    );
    const error = await refusal();
    expect(error).toBeInstanceOf(MigrationRefused);
    expect((error as Error).message).toContain('triggers on them (on_auth_user_created)');
  });

  it('is refused when a table of the application refers to the users', async () => {
    await execute(database.adminUrl, 'create table public.profiles (id uuid references auth.users (id))');
    const error = await refusal();
    expect(error).toBeInstanceOf(MigrationRefused);
    expect((error as Error).message).toContain('profiles');
    expect(await execute(database.url, 'select from auth.instances')).toEqual([]);
  });

  it('is refused with a table more than the init script makes', async () => {
    await execute(database.url, 'create table auth.mine (id int)');
    expect(((await refusal()) as Error).message).toContain('is at migration 20180125194653');
  });
});
