import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import { verifyPassword } from '@usher/contracts/users/accounts.contract';
import {
  adminCreateUser,
  adminDeleteUser,
  adminGetUser,
  adminListUsers,
  adminUpdateUser,
  generateLink,
  listAuditEntries,
  type AdminUserParams,
  type ListUsersInput,
} from '@usher/contracts/users/admin.contract';
import { CONTEXT, startAccounts, type AccountsFixture } from '../accounts/accounts.fixture.js';

const ADMIN: RequestContext = { ...CONTEXT, origin: 'admin', actor: { type: 'admin', id: 'service_role' } };
const NOBODY = '3f8e1a52-7c0b-4d6e-9a1f-2b3c4d5e6f70';

interface StoredEvent {
  type: string;
  actor: string;
  data: { record: UserObject; context: Record<string, unknown> };
}

describe('administration', () => {
  let accounts: AccountsFixture;
  beforeAll(async () => {
    accounts = await startAccounts({
      GOTRUE_MAILER_AUTOCONFIRM: 'false',
      GOTRUE_EXPERIMENTAL_CURSOR_PAGINATION_ENABLED: 'true',
    });
  });
  afterAll(() => accounts.close());

  const create = (params: AdminUserParams) => accounts.rpc.call(adminCreateUser, params, ADMIN);
  const confirmed = (email: string) => create({ email, password: 'secret1', emailConfirm: true });
  const update = (userId: string, params: AdminUserParams) =>
    accounts.rpc.call(adminUpdateUser, { userId, params }, ADMIN);
  const remove = (userId: string, soft: boolean) => accounts.rpc.call(adminDeleteUser, { userId, soft }, ADMIN);
  const enter = (email: string, password = 'secret1') =>
    accounts.rpc.call(verifyPassword, { email, password }, CONTEXT);
  const list = (input: Partial<ListUsersInput>, audience: string) => {
    const nothing = { page: '', perPage: '', limit: '', cursor: '', sort: [], filter: '' };
    return accounts.rpc.call(adminListUsers, { ...nothing, ...input }, { ...ADMIN, audience });
  };
  const eventsOf = (id: string) =>
    accounts.rows<StoredEvent>(
      'SELECT type, actor_id AS actor, data FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      id,
    );
  const typesOf = async (id: string) => (await eventsOf(id)).map(({ type }) => type);

  it('creations of one address at the same time make one user, and the rest is told', async () => {
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => confirmed('race@example.com')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = all.filter((result) => result.status === 'rejected');
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'email_exists', status: 422 });
  });

  it('what is taken is a refusal without the text of the database', async () => {
    const one = await create({ email: 'one@example.com', phone: '15550000001' });
    const two = await confirmed('two@example.com');
    await expect(update(two.id, { email: 'one@example.com' })).rejects.toMatchObject({ code: 'email_exists' });
    const taken = { code: 'phone_exists', message: 'Phone number already registered by another user' };
    await expect(update(two.id, { phone: '15550000001' })).rejects.toMatchObject(taken);
    await expect(create({ id: one.id, email: 'three@example.com' })).rejects.toMatchObject({ status: 422 });
    expect(await accounts.rows("SELECT 1 FROM users WHERE email = 'three@example.com'")).toEqual([]);
  });

  it('every change is an event by the administrator, and none holds a secret', async () => {
    const { id } = await create({ email: 'news@example.com', phone: '15550000002', password: 'secret1' });
    await update(id, { password: 'secret2', emailConfirm: true, banDuration: '24h' });
    await update(id, { banDuration: 'none' });
    await update(id, {});
    const events = await eventsOf(id);
    expect(events.map(({ type }) => type)).toEqual([
      ...['user.created', 'identity.linked', 'identity.linked'],
      ...['user.email_confirmed', 'user.banned', 'user.password_changed', 'user.updated'],
      ...['user.unbanned', 'user.updated'],
    ]);
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(['service_role']));
    expect(JSON.stringify(events)).not.toMatch(/secret\d|\$2a/);
  });

  it('a new password ends what was sent before, and asks for the sessions to end', async () => {
    const user = await confirmed('codes@example.com');
    await accounts.rpc.call(generateLink, { type: 'recovery', email: user.email }, ADMIN);
    expect(await update(user.id, { password: 'secret2' })).toMatchObject({ endSessions: true });
    expect(await accounts.rows('SELECT 1 FROM one_time_tokens WHERE user_id = $1', user.id)).toEqual([]);
    await expect(enter(user.email)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await enter(user.email, 'secret2');
    expect(await update(user.id, { role: 'editor' })).toMatchObject({ endSessions: false });
  });

  it('changes at the same time all arrive', async () => {
    const { id } = await confirmed('merge@example.com');
    await Promise.all(Array.from({ length: 8 }, (_, i) => update(id, { appMetadata: { [`k${i}`]: i } })));
    const { app_metadata: metadata } = await accounts.rpc.call(adminGetUser, { userId: id }, ADMIN);
    for (let i = 0; i < 8; i++) expect(metadata).toHaveProperty(`k${i}`, i);
  });

  it('a deletion for good leaves no row, and an event that says who by id alone', async () => {
    const { id } = await confirmed('gone@example.com');
    await remove(id, false);
    expect(await accounts.rows('SELECT 1 FROM identities WHERE user_id = $1', id)).toEqual([]);
    await expect(remove(id, false)).rejects.toMatchObject({ code: 'user_not_found', status: 404 });
    const [last] = (await eventsOf(id)).slice(-1);
    expect(last).toMatchObject({
      type: 'user.deleted',
      data: { record: { id, email: '', user_metadata: {}, identities: [] } },
    });
    expect(JSON.stringify(last)).not.toContain('gone@example.com');
    expect(last?.data.context).toMatchObject({ mode: 'hard' });
  });

  it('a soft deletion frees the address, takes every credential, and happens once', async () => {
    const { id } = await confirmed('soft@example.com');
    await accounts.rows(
      `INSERT INTO mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, 'totp', 'verified', now(), now())`,
      id,
    );
    await Promise.all([remove(id, true), remove(id, true)]);
    const types = await typesOf(id);
    expect(types.filter((type) => type === 'user.deleted')).toHaveLength(1);
    const user = await accounts.rpc.call(adminGetUser, { userId: id }, ADMIN);
    expect(JSON.stringify(user)).not.toContain('soft@');
    expect(user.factors).toBeUndefined();
    await expect(enter('soft@example.com')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await confirmed('soft@example.com');
    await enter('soft@example.com');
  });

  it('pages by cursor show every user once, also those made at the same time', async () => {
    const audience = 'cursor';
    for (let n = 0; n < 5; n++) await create({ email: `c${n}@example.com`, aud: audience });
    await accounts.rows("UPDATE users SET created_at = '2026-01-01T00:00:00.123456Z' WHERE aud = $1", audience);
    const seen: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const { body, total }: Awaited<ReturnType<typeof list>> = await list({ limit: '2', cursor }, audience);
      expect(total).toBeUndefined();
      seen.push(...body.users.map(({ email }) => email));
      cursor = body.pagination?.next_cursor;
    }
    expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4].map((n) => `c${n}@example.com`));
  });

  it('a page shows its audience alone, and the total beyond the last page too', async () => {
    const audience = 'page';
    for (let n = 0; n < 3; n++) await create({ email: `p${n}@example.com`, aud: audience });
    const page = await list({ page: '2', perPage: '2', sort: ['created_at asc'] }, audience);
    expect(page).toMatchObject({ total: 3, body: { users: [{ email: 'p2@example.com', identities: null }] } });
    expect(await list({ page: '9' }, audience)).toMatchObject({ total: 3, body: { users: [] } });
    const huge = '18446744073709551615';
    expect(await list({ page: huge, perPage: huge }, audience)).toMatchObject({ total: 3, body: { users: [] } });
    expect(await list({ page: '1', filter: "p1@' OR true --" }, audience)).toMatchObject({ total: 0 });
    await expect(list({ page: '1', perPage: '0' }, audience)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('a sign-up link takes the password of whoever was there before the owner', async () => {
    const early = await create({ email: 'owner@example.com', password: 'intruder' });
    const link = { type: 'signup', email: 'owner@example.com', password: 'of-the-owner' };
    expect(await accounts.rpc.call(generateLink, link, ADMIN)).toMatchObject({ id: early.id });
    await update(early.id, { emailConfirm: true });
    await expect(enter('owner@example.com', 'intruder')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await enter('owner@example.com', 'of-the-owner');
    await expect(accounts.rpc.call(generateLink, link, ADMIN)).rejects.toMatchObject({ code: 'email_exists' });
  });

  it('what is refused leaves neither entry nor event', async () => {
    const { id, email } = await confirmed('refused@example.com');
    const before = await typesOf(id);
    await expect(update(id, { password: 'abc' })).rejects.toMatchObject({ code: 'weak_password' });
    await expect(update(id, { email: 'race@example.com' })).rejects.toMatchObject({ code: 'email_exists' });
    await expect(update(NOBODY, {})).rejects.toMatchObject({ code: 'user_not_found' });
    expect(await typesOf(id)).toEqual(before);
    const found = await accounts.rows<{ action: string }>(
      "SELECT payload->>'action' AS action FROM audit_log_entries WHERE payload->'traits'->>'user_email' = $1",
      email,
    );
    expect(found).toEqual([{ action: 'user_signedup' }]);
  });

  it('the log is searched by who acted, and wildcards are no syntax', async () => {
    const log = (query: string) => accounts.rpc.call(listAuditEntries, { page: '', perPage: '1', query }, ADMIN);
    const page = await log('author:SERVICE_role');
    expect(page.total).toBeGreaterThan(1);
    expect(page.entries).toHaveLength(1);
    expect(page.entries[0]?.payload).toMatchObject({ actor_username: 'service_role' });
    expect(await log("action:' OR true --")).toMatchObject({ total: 0, entries: [] });
  });
});
