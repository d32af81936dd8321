import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthError } from '@usher/contracts/errors';
import { requestFrom, startTokens, type TokensFixture } from '../tokens.fixture.js';

const sessionOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { session_id: string }).session_id;

const refusal = (work: Promise<unknown>): Promise<AuthError> =>
  work.then(
    () => Promise.reject(new Error('was accepted')),
    (error: AuthError) => error,
  );

describe.each([['1'], ['2']])('refresh tokens of version %s', (version) => {
  let tokens: TokensFixture;
  beforeAll(async () => {
    tokens = await startTokens({ GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION: version });
  });
  afterAll(() => tokens.close());

  const events = async (userId: string): Promise<string[]> =>
    (
      await tokens.rows<{ type: string }>(
        'SELECT type FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
        userId,
      )
    ).map(({ type }) => type);

  it('rotates, and tells the session that it was refreshed', async () => {
    const user = await tokens.user();
    const first = await tokens.open(user);
    const second = await tokens.refresh(first.refresh_token, requestFrom('198.51.100.20', 'Phone/1.1'));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(sessionOf(second.access_token)).toBe(sessionOf(first.access_token));
    const [row] = await tokens.rows(
      'SELECT host(ip) AS ip, user_agent, refreshed_at IS NOT NULL AS refreshed FROM sessions WHERE id = $1',
      sessionOf(first.access_token),
    );
    expect(row).toEqual({ ip: '198.51.100.20', user_agent: 'Phone/1.1', refreshed: true });
    expect(await events(user.id)).toEqual(['session.created']);
  });

  it('gives the active token to the one before it, without moving the address', async () => {
    const first = await tokens.open(await tokens.user());
    const second = await tokens.refresh(first.refresh_token);
    const again = await tokens.refresh(first.refresh_token, requestFrom('192.0.2.66', 'Replayer'));
    expect(again.refresh_token).toBe(second.refresh_token);
    const [row] = await tokens.rows(
      'SELECT host(ip) AS ip, user_agent FROM sessions WHERE id = $1',
      sessionOf(first.access_token),
    );
    expect(row).toEqual({ ip: '203.0.113.7', user_agent: 'Phone/1.0' });
  });

  it('ends the chain when an older token comes back', async () => {
    const user = await tokens.user();
    const first = await tokens.open(user);
    const second = await tokens.refresh(first.refresh_token);
    const third = await tokens.refresh(second.refresh_token);
    expect((await refusal(tokens.refresh(first.refresh_token))).code).toBe('refresh_token_already_used');
    const after = await refusal(tokens.refresh(third.refresh_token));
    expect(after.code).toBe(version === '2' ? 'refresh_token_not_found' : 'refresh_token_already_used');
    expect(await events(user.id)).toContain('refresh_token.reuse_detected');
  });

  // known-faults.md: "after detected reuse the session and its access token stay valid"; security-checklist.md S1.
  it('ends the session and its access token when an older token comes back, at once and with its events', async () => {
    const user = await tokens.user();
    const first = await tokens.open(user);
    const second = await tokens.refresh(first.refresh_token);
    await tokens.refresh(second.refresh_token);
    const bearer = { sub: user.id, sessionId: sessionOf(first.access_token), role: '', aud: [], aal: 'aal1' };
    await tokens.bearers.check(bearer);
    await refusal(tokens.refresh(first.refresh_token));
    expect((await refusal(tokens.bearers.check(bearer))).code).toBe('session_not_found');
    expect((await refusal(tokens.endings.logOut(bearer, 'global', requestFrom('', '')))).code).toBe(
      'session_not_found',
    );
    await refusal(tokens.refresh(first.refresh_token));
    expect(await events(user.id)).toEqual(['session.created', 'refresh_token.reuse_detected', 'session.revoked']);
  });

  it('50 uses of one token at once give one new token', async () => {
    const first = await tokens.open(await tokens.user());
    const answers = await Promise.all(Array.from({ length: 50 }, () => tokens.refresh(first.refresh_token)));
    expect(new Set(answers.map(({ refresh_token }) => refresh_token)).size).toBe(1);
    const children = await tokens.rows('SELECT token FROM refresh_tokens WHERE parent = $1', first.refresh_token);
    expect(children).toHaveLength(version === '1' ? 1 : 0);
    const next = await tokens.refresh(answers[0]!.refresh_token);
    expect(next.refresh_token).not.toBe(answers[0]!.refresh_token);
  });

  it('logging out ends the chain', async () => {
    const user = await tokens.user();
    const session = await tokens.open(user);
    const id = sessionOf(session.access_token);
    const bearer = { sub: user.id, sessionId: id, role: 'authenticated', aud: [], aal: 'aal1' };
    await tokens.endings.logOut(bearer, 'local', requestFrom('', ''));
    expect((await refusal(tokens.refresh(session.refresh_token))).code).toBe('refresh_token_not_found');
    expect((await refusal(tokens.endings.logOut(bearer, 'local', requestFrom('', '')))).code).toBe('session_not_found');
    expect(await events(user.id)).toEqual(['session.created', 'session.revoked']);
  });

  it("cannot log out through another user's session", async () => {
    const [victim, intruder] = [await tokens.user(), await tokens.user()];
    const session = await tokens.open(victim);
    const sessionId = sessionOf(session.access_token);
    const bearer = { sub: intruder.id, sessionId, role: 'authenticated', aud: [], aal: 'aal1' };
    const error = await refusal(tokens.endings.logOut(bearer, 'local', requestFrom('', '')));
    expect(error.code).toBe('session_not_found');
    await tokens.refresh(session.refresh_token);
  });

  it('a banned user gets nothing', async () => {
    const user = await tokens.user();
    const session = await tokens.open(user);
    await tokens.rows("UPDATE users SET banned_until = now() + interval '1 hour' WHERE id = $1", user.id);
    const error = await refusal(tokens.refresh(session.refresh_token));
    expect([error.code, error.status]).toEqual(['user_banned', 400]);
  });

  it.each(['', 'abc', 'ABCDEFGHIJKL', 'abcdefghijklm', 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl'])(
    '%j is no refresh token',
    async (token) => expect((await refusal(tokens.refresh(token))).code).toBe('validation_failed'),
  );
});
