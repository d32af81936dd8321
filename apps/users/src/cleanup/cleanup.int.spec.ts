import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAccounts, type AccountsFixture } from '../accounts/accounts.fixture.js';
import { CleanupWorker } from './cleanup.worker.js';

describe('the clean-up of accounts', () => {
  let accounts: AccountsFixture;
  beforeAll(async () => {
    accounts = await startAccounts({ GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED: 'true' });
  });
  afterAll(() => accounts.close());

  const user = async (anonymous: boolean, age: string): Promise<string> => {
    const id = randomUUID();
    await accounts.rows(
      `INSERT INTO users (instance_id, id, aud, role, is_anonymous, raw_user_meta_data, created_at, updated_at)
       VALUES ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, '{"name":"Ann"}', now() - $3::interval, now())`,
      ...[id, anonymous, age],
    );
    return id;
  };
  const factor = async (userId: string, status: string, age: string): Promise<string> => {
    const id = randomUUID();
    await accounts.rows(
      `INSERT INTO mfa_factors (id, user_id, factor_type, status, secret, created_at, updated_at)
       VALUES ($1, $2, 'totp', $3, 'SECRET', now() - $4::interval, now())`,
      ...[id, userId, status, age],
    );
    return id;
  };
  const left = async (table: string, ids: string[]): Promise<string[]> =>
    (await accounts.rows<{ id: string }>(`SELECT id FROM ${table} WHERE id = ANY ($1)`, ids)).map(({ id }) => id);
  const eventsOf = (id: string) =>
    accounts.rows<{ type: string; origin: string; data: object }>(
      'SELECT type, origin, data FROM auth_events.outbox WHERE subject_id = $1',
      id,
    );
  const run = () => accounts.service.get(CleanupWorker, { strict: false }).run();

  it('removes visitors after 30 days, tells so, and nobody else', async () => {
    const old = await user(true, '31 days');
    const stay = [await user(true, '29 days'), await user(false, '400 days')];
    await run();
    expect((await left('users', [old, ...stay])).sort()).toEqual(stay.sort());
    const events = await eventsOf(old);
    expect(events).toMatchObject([{ type: 'user.deleted', origin: 'job', data: { context: { mode: 'hard' } } }]);
    expect(JSON.stringify(events)).not.toContain('Ann');
  });

  it('removes factors that nobody verified within a day, and tells so without their secret', async () => {
    const id = await user(false, '40 days');
    const old = await factor(id, 'unverified', '25 hours');
    const stay = [await factor(id, 'unverified', '23 hours'), await factor(id, 'verified', '400 days')];
    await run();
    expect((await left('mfa_factors', [old, ...stay])).sort()).toEqual(stay.sort());
    const events = await eventsOf(id);
    expect(events).toMatchObject([{ type: 'factor.removed', origin: 'job' }]);
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });

  it('leaves rows that somebody works on', async () => {
    const old = await user(true, '31 days');
    await accounts.holding(`SELECT 1 FROM users WHERE id = '${old}' FOR UPDATE`, async () => {
      expect((await run())['anonymous users']).toBe(0);
    });
    expect((await run())['anonymous users']).toBe(1);
  });

  it('of two at once one works', async () => {
    await Promise.all(Array.from({ length: 150 }, () => user(true, '31 days')));
    const [a, b] = await Promise.all([run(), run()]);
    expect((a['anonymous users'] ?? 0) + (b['anonymous users'] ?? 0)).toBe(150);
  });
});
