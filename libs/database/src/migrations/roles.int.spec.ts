import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { execute } from './execute.fixture.js';
import { migrate } from './migrate.js';
import { ensureServiceRoles } from './roles.js';
import { ownership, roleOf, type ServiceName } from './service-ownership.js';

const services = Object.keys(ownership) as ServiceName[];
const passwords = Object.fromEntries(services.map((service) => [service, `it's ${service}`])) as Record<
  ServiceName,
  string
>;
const userId = '6f1c2f6e-5d0c-4a53-8f0e-0d6a3f5f7c11';
const denied = { code: '42501' };

const writes = {
  users: `insert into users (id) values (gen_random_uuid())`,
  identities: `update identities set provider = provider`,
  one_time_tokens: `delete from one_time_tokens`,
  audit_log_entries: `delete from audit_log_entries`,
  sessions: `insert into sessions (id, user_id) values (gen_random_uuid(), '${userId}')`,
  refresh_tokens: `insert into refresh_tokens (token) values (gen_random_uuid())`,
  oauth_clients: `delete from oauth_clients`,
  flow_state: `insert into flow_state (id, provider_type, authentication_method) values (gen_random_uuid(), 'x', 'x')`,
  sso_providers: `insert into sso_providers (id) values (gen_random_uuid())`,
  schema_migrations: `delete from schema_migrations`,
  instances: `delete from instances`,
};

const appendEvent = `
  with s as (insert into auth_events.subjects as s values ('${userId}', 1)
    on conflict (subject_id) do update set version = s.version + 1 returning s.version)
  insert into auth_events.outbox (id, subject_id, version, type, actor_type, origin, data)
  select gen_random_uuid(), '${userId}', version, 'user.created', 'user', 'api', '{}' from s`;
const appendMessage = `insert into auth_events.messages (id, kind, payload, expires_at)
  values (gen_random_uuid(), 'email', '{}', now())`;
const appendAudit = `insert into audit_log_entries (id) values (gen_random_uuid())`;

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  await ensureServiceRoles({ url: database.adminUrl, passwords });
  await execute(database.url, `insert into auth.users (id) values ('${userId}')`);
});
afterAll(() => database.drop());

function as(service: ServiceName, sql: string) {
  const url = new URL(database.adminUrl);
  url.username = roleOf(service);
  url.password = encodeURIComponent(passwords[service]);
  return execute(url.href, sql);
}

describe.each(services)('the role of %s', (service) => {
  it('reads every account past row level security', async () => {
    expect(await as(service, `select from users where id = '${userId}'`)).toHaveLength(1);
  });

  it('writes what it owns and nothing else', async () => {
    for (const [table, write] of Object.entries(writes)) {
      if (ownership[service].tables.includes(table)) await as(service, write);
      else await expect(as(service, write)).rejects.toMatchObject(denied);
    }
  });

  it('appends events, messages and audit entries if it changes users', async () => {
    const { appends } = ownership[service];
    for (const append of [appendAudit, appendMessage, appendEvent]) {
      if (appends) await as(service, append);
    }
    if (!appends) await expect(as(service, appendAudit)).rejects.toMatchObject(denied);
  });

  it('leaves the feed and the messages to their services', async () => {
    const number = as(service, 'update auth_events.feed_state set last_position = last_position');
    if (service === 'events') await number;
    else await expect(number).rejects.toMatchObject(denied);
    const read = as(service, 'select payload from auth_events.messages');
    if (service === 'messenger') await read;
    else await expect(read).rejects.toMatchObject(denied);
  });

  it('cannot change the definition of anything', async () => {
    await expect(as(service, 'create table auth.mine ()')).rejects.toMatchObject(denied);
    await expect(as(service, 'alter table auth.users disable row level security')).rejects.toMatchObject(denied);
  });

  it('finds the database up to date when its service starts', async () => {
    const url = new URL(database.adminUrl);
    url.username = roleOf(service);
    url.password = encodeURIComponent(passwords[service]);
    expect(await migrate({ url: url.href })).toEqual({ adopted: false, ran: [] });
  });
});

describe('ensureServiceRoles', () => {
  it('may be repeated, also at once', async () => {
    await Promise.all([1, 2, 3].map(() => ensureServiceRoles({ url: database.adminUrl, passwords })));
  });

  it('tells an account that may not do it who may', async () => {
    await expect(ensureServiceRoles({ url: database.url, passwords })).rejects.toThrow(
      'The service roles have to be set up by a superuser:',
    );
  });

  it('takes back what a role had too much', async () => {
    await execute(database.adminUrl, 'grant delete on auth.users to usher_events');
    await ensureServiceRoles({ url: database.adminUrl, passwords });
    await expect(as('events', 'delete from users')).rejects.toMatchObject(denied);
  });
});
