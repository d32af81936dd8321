import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RequestContext } from '@usher/contracts/request-context';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { readSettings } from '@usher/runtime/settings/settings';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { HookCaller } from './hook-caller.js';
import type { PasswordVerificationOutput } from './payloads.js';

const context = { ip: '203.0.113.9' } as RequestContext;
let copy: TestDatabase;
let database: Database;
let hooks: HookCaller;

beforeAll(async () => {
  copy = await cloneDatabase();
  database = connectDatabase({
    ...{ url: copy.url, maxConnections: 5, applicationName: 'hooks test', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
  await sql(`create schema hooks; create table hooks.calls (event jsonb)`);
  const settings = readSettings({
    DATABASE_URL: copy.url,
    API_EXTERNAL_URL: 'http://auth.example',
    GOTRUE_SITE_URL: 'http://app.example',
    GOTRUE_JWT_SECRET: 'a secret of the tests, long enough for HS256',
    GOTRUE_DB_DRIVER: 'postgres',
    GOTRUE_HOOK_PASSWORD_VERIFICATION_ATTEMPT_ENABLED: 'true',
    GOTRUE_HOOK_PASSWORD_VERIFICATION_ATTEMPT_URI: 'pg-functions://postgres/hooks/Password_Hook',
    GOTRUE_HOOK_BEFORE_USER_CREATED_URI: 'pg-functions://postgres/hooks/Password_Hook',
  });
  hooks = new HookCaller(settings, database, new Clock());
});
afterAll(async () => {
  await database.pool.end();
  await copy.drop();
});

const sql = async (text: string) => (await database.pool.query(text)).rows as Record<string, unknown>[];
const define = (body: string, type = 'jsonb') =>
  sql(`create or replace function hooks."Password_Hook"(event ${type}) returns ${type} language plpgsql as
    $$ begin insert into hooks.calls values (event::jsonb); ${body} end $$`);
const call = () =>
  hooks.call<PasswordVerificationOutput>('password_verification_attempt', { user_id: 'u', valid: true }, context);
const wire = async () => {
  const error: unknown = await call().catch((e: unknown) => e);
  return (error as { toWire(): object }).toWire();
};
const calls = async () => (await sql('delete from hooks.calls returning event')).map(({ event }) => event);

describe('HookCaller with a database function', () => {
  it('knows which hooks are on', () => {
    expect(hooks.isEnabled('password_verification_attempt')).toBe(true);
    expect(hooks.isEnabled('before_user_created')).toBe(false);
  });

  it('gives metadata and payload, and keeps what the function wrote', async () => {
    await define(`return '{"decision":"reject","message":"no"}';`);
    expect(await call()).toEqual({ decision: 'reject', message: 'no' });
    expect(await calls()).toEqual([
      {
        metadata: {
          uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          name: 'password-verification',
          ip_address: '203.0.113.9',
        },
        user_id: 'u',
        valid: true,
      },
    ]);
  });

  it('takes nothing for no objection', async () => {
    await define('return null;');
    expect(await call()).toEqual({});
  });

  it('undoes what the function wrote when it returns an error', async () => {
    await calls();
    await define(`return '{"error":{"http_code":403,"message":"not you"}}';`);
    await expect(call()).rejects.toMatchObject({ status: 403, message: 'not you' });
    expect(await calls()).toEqual([]);
  });

  it('keeps what the function wrote about a new user although it refuses him', async () => {
    const user = { id: 'u' } as never;
    await expect(hooks.call('before_user_created', { user }, context)).rejects.toMatchObject({ status: 403 });
    expect(await calls()).toHaveLength(1);
  });

  it('hands on what a function raises for the client, but neither hint nor detail', async () => {
    await define(`raise exception 'not today' using hint = 'top secret', detail = 'top secret';`);
    expect(await wire()).toMatchObject({
      ...{ code: 'unexpected_failure', status: 500 },
      message: 'Error running hook URI: pg-functions://postgres/hooks/Password_Hook',
      raised: { sqlState: 'P0001', status: 500, message: 'not today' },
    });
    expect(JSON.stringify(await wire())).not.toContain('secret');
  });

  it('hands on a constraint that the function raises, and keeps one that is violated to itself', async () => {
    await define(`raise unique_violation using message = 'twice';`);
    await expect(call()).rejects.toMatchObject({ raised: { sqlState: '23505', message: 'twice' } });
    await sql('create table hooks.once (secret int primary key); insert into hooks.once values (7)');
    await define('insert into hooks.once values (7); return null;');
    expect(JSON.stringify(await wire())).not.toMatch(/once|secret|raised/);
  });

  it('keeps other exceptions to itself', async () => {
    await define(`raise division_by_zero using message = 'top secret';`);
    expect(JSON.stringify(await wire())).not.toContain('secret');
  });

  it('lets an exception choose the status of an error, and no other', async () => {
    await define(`raise sqlstate 'PT402' using message = 'please pay';`);
    await expect(call()).rejects.toMatchObject({ raised: { sqlState: 'PT402', status: 402, message: 'please pay' } });
    await define(`raise sqlstate 'PT200' using message = 'top secret';`);
    expect(JSON.stringify(await wire())).not.toContain('secret');
  });

  it('ends a function after two seconds', async () => {
    await define('perform pg_sleep(10); return null;');
    const started = Date.now();
    await expect(call()).rejects.toMatchObject({ message: expect.stringContaining('Error running hook URI') });
    expect(Date.now() - started).toBeLessThan(4_000);
    expect((await sql('show statement_timeout'))[0]).not.toEqual({ statement_timeout: '2s' });
  });

  it('calls a function of json in place of jsonb', async () => {
    await sql('drop function hooks."Password_Hook"');
    await define(`return '{"decision":"continue"}';`, 'json');
    expect(await call()).toEqual({ decision: 'continue' });
  });

  it('says nothing but that it failed when the function is missing', async () => {
    await sql('drop function hooks."Password_Hook"');
    await expect(call()).rejects.toMatchObject({ status: 500, code: 'unexpected_failure' });
  });
});
