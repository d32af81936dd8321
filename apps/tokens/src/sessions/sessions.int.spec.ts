import { describe, expect, it } from '@jest/globals';
import type { AuthError } from '@usher/contracts/errors';
import {
  endSessions,
  getJwks,
  getOpenidConfiguration,
  refreshSession,
} from '@usher/contracts/tokens/sessions.contract';
import { requestFrom, startTokens, type TokensFixture } from '../tokens.fixture.js';

const V2 = { GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION: '2' };
const INTERVAL = { GOTRUE_SECURITY_REFRESH_TOKEN_REUSE_INTERVAL: '10' };
const NOBODY = requestFrom('', '');

const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => 'accepted',
    (error: AuthError) => error.code,
  );

const withTokens =
  (environment: Record<string, string>, test: (tokens: TokensFixture) => Promise<void>) => async (): Promise<void> => {
    const tokens = await startTokens(environment);
    await test(tokens).finally(() => tokens.close());
  };

describe('sessions', () => {
  it(
    'within the interval an older token opens a second branch, after reuse was detected none does',
    withTokens(INTERVAL, async (tokens) => {
      const first = await tokens.open(await tokens.user());
      const second = await tokens.refresh(first.refresh_token);
      const third = await tokens.refresh(second.refresh_token);
      const branch = await tokens.refresh(first.refresh_token);
      expect([second, third].map((s) => s.refresh_token)).not.toContain(branch.refresh_token);
      await tokens.rows(
        "UPDATE refresh_tokens SET updated_at = now() - interval '1 hour' WHERE token = $1",
        first.refresh_token,
      );
      // The branch is the newest, so its parent gives it; the token between is neither.
      await tokens.rows(
        "UPDATE refresh_tokens SET updated_at = now() - interval '1 hour' WHERE token = $1",
        second.refresh_token,
      );
      expect(await codeOf(tokens.refresh(second.refresh_token))).toBe('refresh_token_already_used');
      expect(await codeOf(tokens.refresh(branch.refresh_token))).toBe('refresh_token_already_used');
    }),
  );

  it(
    'goes over to version 2 at a refresh',
    withTokens({ ...V2, GOTRUE_SECURITY_REFRESH_TOKEN_UPGRADE_PERCENTAGE: '100' }, async (tokens) => {
      const session = await tokens.open(await tokens.user());
      await tokens.rows('UPDATE sessions SET refresh_token_hmac_key = null, refresh_token_counter = null');
      await tokens.rows(
        `INSERT INTO refresh_tokens (token, user_id, session_id, revoked, created_at, updated_at)
         SELECT 'abcdefghijkl', user_id, id, false, now(), now() FROM sessions`,
      );
      const next = await tokens.refresh('abcdefghijkl');
      expect(next.refresh_token).toMatch(/^A.{50}$/);
      expect(await tokens.rows('SELECT revoked, parent FROM refresh_tokens ORDER BY id')).toEqual([
        { revoked: true, parent: null },
        { revoked: true, parent: 'abcdefghijkl' },
      ]);
      expect((await tokens.refresh(next.refresh_token)).user.id).toBe(session.user.id);
    }),
  );

  it(
    'with a single session for each user only the youngest goes on',
    withTokens({ GOTRUE_SESSIONS_SINGLE_PER_USER: 'true' }, async (tokens) => {
      const user = await tokens.user();
      const old = await tokens.open(user);
      const young = await tokens.open(user);
      expect(await codeOf(tokens.refresh(old.refresh_token))).toBe('session_expired');
      expect(await codeOf(tokens.refresh(young.refresh_token))).toBe('accepted');
    }),
  );

  it(
    'time box, inactivity and not_after',
    withTokens({ GOTRUE_SESSIONS_TIMEBOX: '24h', GOTRUE_SESSIONS_INACTIVITY_TIMEOUT: '2h' }, async (tokens) => {
      const session = await tokens.open(await tokens.user());
      const refresh = (): Promise<string> =>
        tokens.refresh(session.refresh_token).then(
          () => 'accepted',
          (error: Error) => error.message,
        );
      await tokens.rows("UPDATE sessions SET refreshed_at = now() at time zone 'utc' - interval '3 hours'");
      expect(await refresh()).toBe('Invalid Refresh Token: Session Expired (Inactivity)');
      await tokens.rows("UPDATE sessions SET refreshed_at = null, created_at = now() - interval '25 hours'");
      expect(await refresh()).toBe('Invalid Refresh Token: Session Expired');
      await tokens.rows("UPDATE sessions SET created_at = now(), not_after = now() - interval '1 second'");
      expect(await refresh()).toBe('Invalid Refresh Token: Session Expired');
      await tokens.rows('UPDATE sessions SET not_after = null');
      expect(await refresh()).toBe('accepted');
    }),
  );

  it(
    'a locked session answers 409 after five seconds',
    withTokens({}, async (tokens) => {
      const session = await tokens.open(await tokens.user());
      const holder = await tokens.database.pool.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM sessions FOR UPDATE');
      expect(await codeOf(tokens.refresh(session.refresh_token))).toBe('conflict');
      await holder.query('ROLLBACK');
      holder.release();
    }),
  );

  it(
    'over the bus: the documents, a refresh with its headers and event, ended sessions',
    withTokens({ GOTRUE_JWT_ISSUER: 'https://a.example/', USHER_EVENTS_SESSION_REFRESHED: 'true' }, async (tokens) => {
      const user = await tokens.user();
      const { refresh_token: refreshToken } = await tokens.open(user);
      expect(await tokens.rpc.call(getJwks, {}, NOBODY)).toEqual({ keys: [] });
      expect(await tokens.rpc.call(getOpenidConfiguration, {}, NOBODY)).toMatchObject({
        issuer: 'https://a.example/',
        jwks_uri: 'https://a.example/.well-known/jwks.json',
      });
      const { headers } = await tokens.rpc.forward(refreshSession, { refreshToken }, NOBODY);
      expect(headers).toMatchObject({ 'sb-auth-user-id': user.id, 'sb-auth-refresh-token-reuse': 'false' });
      const input = { userId: user.id, keepSessionId: null, reason: 'password_changed' };
      expect(await tokens.rpc.call(endSessions, input, NOBODY)).toEqual({ ended: 1 });
      const outbox = await tokens.rows<{ type: string; data: object }>(
        'SELECT type, data FROM auth_events.outbox ORDER BY version',
      );
      expect(outbox.map(({ type }) => type)).toEqual(['session.created', 'session.refreshed', 'session.revoked']);
      expect(JSON.stringify(outbox)).not.toContain(refreshToken);
    }),
  );
});
