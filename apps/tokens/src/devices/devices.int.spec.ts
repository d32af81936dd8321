import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthError } from '@usher/contracts/errors';
import type { Bearer } from '@usher/contracts/request-context';
import {
  endOwnSession,
  endUserSessions,
  listSessions,
  listUserSessions,
  type DeviceSession,
} from '@usher/contracts/tokens/devices.contract';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import { requestFrom, startTokens, type TokensFixture } from '../tokens.fixture.js';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1';
const FROM = requestFrom('192.0.2.1', '');

const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => 'accepted',
    (error: AuthError) => error.code,
  );

let tokens: TokensFixture;
beforeAll(async () => {
  tokens = await startTokens({ GOTRUE_SESSIONS_INACTIVITY_TIMEOUT: '2h' });
});
afterAll(() => tokens.close());

const bearerOf = ({ access_token, user }: SessionObject): Bearer => {
  const claims = JSON.parse(Buffer.from(access_token.split('.')[1]!, 'base64url').toString()) as { session_id: string };
  return { sub: user.id, sessionId: claims.session_id, role: 'authenticated', aud: ['authenticated'], aal: 'aal1' };
};
const list = async (bearer: Bearer): Promise<DeviceSession[]> =>
  (await tokens.rpc.call(listSessions, { bearer }, FROM)).sessions;
const eventsOf = (userId: string) =>
  tokens.rows<{ type: string; reason: string | null; actor: string }>(
    `SELECT type, data->'context'->>'reason' AS reason, actor_type AS actor FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version`,
    userId,
  );

describe('the sessions of a user', () => {
  it('are told by device, last seen first, the current one marked, without what signs their tokens', async () => {
    const user = await tokens.user();
    const laptop = await tokens.open(user, requestFrom('198.51.100.1', 'okhttp/4.9'));
    const phone = await tokens.open(user, requestFrom('203.0.113.7', PHONE));
    await tokens.refresh(laptop.refresh_token, requestFrom('198.51.100.2', 'okhttp/4.10'));
    const [first, second] = await list(bearerOf(phone));
    expect(first).toMatchObject({ ip: '198.51.100.2', device: { name: 'okhttp' }, current: false });
    expect(second).toEqual({
      ...{ id: bearerOf(phone).sessionId, created_at: expect.any(String), last_seen_at: second!.created_at },
      ...{ not_after: null, aal: 'aal1', methods: ['password'], ip: '203.0.113.7', user_agent: PHONE },
      ...{ device: { name: 'Safari on iPhone', browser: 'Safari 17.5', os: 'iOS 17.5', type: 'mobile' } },
      ...{ tag: null, oauth_client_id: null, current: true },
    });
  });

  it('that are over are not told', async () => {
    const user = await tokens.user();
    const stolen = await tokens.open(user);
    const second = await tokens.refresh(stolen.refresh_token);
    await tokens.refresh(second.refresh_token);
    await codeOf(tokens.refresh(stolen.refresh_token));
    const idle = await tokens.open(user);
    await tokens.rows(
      `UPDATE sessions SET created_at = now() - interval '3 hours' WHERE id = $1`,
      bearerOf(idle).sessionId,
    );
    const current = await tokens.open(user);
    expect((await list(bearerOf(current))).map(({ current }) => current)).toEqual([true]);
  });

  it('can be ended one by one, with their events', async () => {
    const user = await tokens.user();
    const [a, b] = [await tokens.open(user), await tokens.open(user)];
    const context = { ...FROM, actor: { type: 'user', id: user.id } as const };
    await tokens.rpc.call(endOwnSession, { bearer: bearerOf(a), sessionId: bearerOf(b).sessionId! }, context);
    expect(await codeOf(tokens.refresh(b.refresh_token))).toBe('refresh_token_not_found');
    expect(await codeOf(tokens.bearers.check(bearerOf(b)))).toBe('session_not_found');
    await tokens.rpc.call(endOwnSession, { bearer: bearerOf(a), sessionId: bearerOf(a).sessionId! }, context);
    expect(await codeOf(list(bearerOf(a)))).toBe('session_not_found');
    const ended = { type: 'session.revoked', reason: 'ended_by_user', actor: 'user' };
    expect((await eventsOf(user.id)).slice(2)).toEqual([ended, ended]);
  });

  it("cannot be another user's", async () => {
    const victim = await tokens.open(await tokens.user());
    const intruder = await tokens.open(await tokens.user());
    const sessionId = bearerOf(victim).sessionId!;
    expect((await list(bearerOf(intruder))).map(({ id }) => id)).toEqual([bearerOf(intruder).sessionId]);
    const end = tokens.rpc.call(endOwnSession, { bearer: bearerOf(intruder), sessionId }, FROM);
    expect(await codeOf(end)).toBe('session_not_found');
    // known-faults.md: "`sub` and `session_id` need not belong together".
    expect(await codeOf(list({ ...bearerOf(intruder), sessionId }))).toBe('session_not_found');
    expect(await codeOf(tokens.endings.logOut({ ...bearerOf(intruder), sessionId }, 'global', FROM))).toBe(
      'session_not_found',
    );
    expect(await codeOf(tokens.bearers.check({ ...bearerOf(intruder), sessionId }))).toBe('session_not_found');
    await tokens.refresh(victim.refresh_token);
  });

  it('are no business of an application that holds a token of the user, nor of a banned user', async () => {
    const user = await tokens.user();
    const own = await tokens.open(user);
    expect(await codeOf(list({ ...bearerOf(own), clientId: 'x' }))).toBe('oauth_client_not_allowed');
    await tokens.rows(`UPDATE users SET banned_until = now() + interval '1 hour' WHERE id = $1`, user.id);
    expect(await codeOf(list(bearerOf(own)))).toBe('user_banned');
  });

  it('can be seen and ended by an administrator', async () => {
    const user = await tokens.user();
    const other = await tokens.open(await tokens.user());
    const [a, b] = [await tokens.open(user), await tokens.open(user)];
    const admin = { ...FROM, actor: { type: 'admin', id: 'service_role' } as const };
    const { sessions } = await tokens.rpc.call(listUserSessions, { userId: user.id }, admin);
    expect(sessions.map(({ id }) => id).sort()).toEqual([a, b].map((s) => bearerOf(s).sessionId).sort());
    const end = (sessionId: string | null) => tokens.rpc.call(endUserSessions, { userId: user.id, sessionId }, admin);
    expect(await codeOf(end(bearerOf(other).sessionId))).toBe('session_not_found');
    expect(await end(bearerOf(a).sessionId)).toEqual({ ended: 1 });
    expect(await end(null)).toEqual({ ended: 1 });
    const ended = { type: 'session.revoked', reason: 'ended_by_admin', actor: 'admin' };
    expect((await eventsOf(user.id)).slice(2)).toEqual([ended, ended]);
    const entries = await tokens.rows<{ payload: { traits: object; actor_username: string; action: string } }>(
      `SELECT payload FROM audit_log_entries WHERE payload->'traits'->>'user_id' = $1 ORDER BY created_at`,
      user.id,
    );
    expect(entries.map(({ payload }) => [payload.actor_username, payload.action])).toEqual([
      ['service_role', 'logout'],
      ['service_role', 'logout'],
    ]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await codeOf(tokens.rpc.call(listUserSessions, { userId: nobody }, admin))).toBe('user_not_found');
  });
});
