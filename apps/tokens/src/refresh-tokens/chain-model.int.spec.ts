import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthError } from '@usher/contracts/errors';
import type { Bearer } from '@usher/contracts/request-context';
import { prepareUpgrade, upgradeSession } from '@usher/contracts/tokens/assurance.contract';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import type { UserObject } from '@usher/contracts/user-object';
import * as fc from 'fast-check';
import { requestFrom, startTokens, type TokensFixture } from '../tokens.fixture.js';
import { ChainModel } from './chain-model.fixture.js';

const FROM = requestFrom('192.0.2.1', '');

type Step =
  | { kind: 'refresh'; back: number }
  /** Several uses of the active token at once. */
  | { kind: 'together'; count: number }
  /** The server rotates, and the client never hears of it. */
  | { kind: 'crash' }
  /** A second factor raises the session. */
  | { kind: 'upgrade' }
  | { kind: 'logout' | 'password' | 'otherPassword' | 'ban' | 'unban' | 'expire' | 'unexpire' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('refresh' as const), back: fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('together' as const), count: fc.integer({ min: 2, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('crash' as const, 'upgrade' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'logout' as const,
        'password' as const,
        'otherPassword' as const,
        'ban' as const,
        'unban' as const,
        'expire' as const,
        'unexpire' as const,
      ),
    }),
  },
);

const claimsOf = (session: SessionObject): { session_id: string } =>
  JSON.parse(Buffer.from(session.access_token.split('.')[1]!, 'base64url').toString()) as { session_id: string };

describe.each([['1'], ['2']] as const)('a chain of version %s', (version) => {
  let tokens: TokensFixture;
  beforeAll(async () => {
    tokens = await startTokens({ GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION: version });
  });
  afterAll(() => tokens.close());

  /** New token or code of the error. */
  const use = (token: string): Promise<{ token?: string; code?: string }> =>
    tokens.refresh(token, FROM).then(
      ({ refresh_token }) => ({ token: refresh_token }),
      (error: AuthError) => ({ code: error.code ?? '' }),
    );

  async function upgrade(bearer: Bearer, user: UserObject): Promise<SessionObject> {
    const prepared = await tokens.rpc.call(prepareUpgrade, { bearer, method: 'totp' }, FROM);
    return tokens.rpc.call(upgradeSession, { bearer, user, method: 'totp', factorId: null, prepared }, FROM);
  }

  async function check(model: ChainModel, token: string): Promise<void> {
    const expected = model.use(token);
    const got = await use(token);
    if (expected === 'new') {
      expect(got.token).toBeDefined();
      expect(model.tokens).not.toContain(got.token);
      model.rotated(got.token!);
    } else if (expected === 'active') expect(got).toEqual({ token: model.tokens.at(-1) });
    else expect(got).toEqual({ code: expected });
  }

  /** One active token or none, and no token with two children: never two chains. */
  async function expectOneChain(model: ChainModel, sessionId: string): Promise<void> {
    const [row] = await tokens.rows<{ active: number; forks: number; sessions: number }>(
      `SELECT (SELECT count(*) FROM refresh_tokens WHERE session_id = $1 AND NOT revoked) AS active,
         (SELECT count(*) FROM (SELECT 1 FROM refresh_tokens WHERE session_id = $1 AND parent <> '' GROUP BY parent HAVING count(*) > 1) f) AS forks,
         (SELECT count(*) FROM sessions WHERE id = $1) AS sessions`,
      sessionId,
    );
    expect(Number(row!.forks)).toBe(0);
    if (version === '1') expect(Number(row!.active)).toBe(model.alive ? 1 : 0);
    else expect(Number(row!.sessions)).toBe(model.alive ? 1 : 0);
  }

  it('is one or none, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const user = await tokens.user();
        const first = await tokens.open(user);
        const other = await tokens.open(user);
        const [id, otherId] = [claimsOf(first).session_id, claimsOf(other).session_id];
        const model = new ChainModel(version, first.refresh_token);
        const bearer: Bearer = { sub: user.id, sessionId: id, role: '', aud: [], aal: 'aal1' };
        const set = (column: string): Promise<unknown[]> =>
          tokens.rows(`UPDATE ${column} WHERE id = $1`, column.startsWith('users') ? user.id : id);
        for (const { kind, ...rest } of steps) {
          const known = model.tokens.filter((token) => token !== null);
          if (kind === 'refresh') await check(model, known.at(-1 - (rest as { back: number }).back) ?? known[0]!);
          if (kind === 'together') {
            const active = known.at(-1)!;
            const expected = model.use(active);
            const got = await Promise.all(Array.from({ length: (rest as { count: number }).count }, () => use(active)));
            expect(new Set(got.map((each) => each.token ?? each.code)).size).toBe(1);
            if (expected === 'new') model.rotated(got[0]!.token!);
            else expect(got[0]).toEqual({ code: expected });
          }
          if (kind === 'crash' && model.use(known.at(-1)!) === 'new') {
            const lost = (await use(known.at(-1)!)).token!;
            // All that the client has is the token before: it must be led to the active one.
            model.rotated(lost);
            await check(model, known.at(-1)!);
          }
          if (kind === 'upgrade') {
            const upgraded = await upgrade(bearer, user).catch((error: AuthError) => error.code);
            if (typeof upgraded === 'string' || upgraded === null)
              expect(['session_not_found', 'user_banned']).toContain(upgraded);
            else if (version === '1') model.rotated(upgraded.refresh_token);
            else model.upgraded(upgraded.refresh_token);
          }
          if (kind === 'logout')
            await tokens.endings.logOut(bearer, 'local', FROM).then(
              () => model.end(),
              (error: AuthError) => expect(['session_not_found', 'user_banned']).toContain(error.code),
            );
          if (kind === 'password') await tokens.endings.end(user.id, id, 'password_changed', FROM);
          if (kind === 'otherPassword') {
            await tokens.endings.end(user.id, otherId, 'password_changed', FROM);
            model.end();
          }
          if (kind === 'ban' || kind === 'unban') {
            await set(`users SET banned_until = ${kind === 'ban' ? `now() + interval '1 hour'` : 'null'}`);
            model.banned = kind === 'ban';
          }
          if (kind === 'expire' || kind === 'unexpire') {
            await set(`sessions SET not_after = ${kind === 'expire' ? `now() - interval '1 second'` : 'null'}`);
            model.expired = kind === 'expire';
          }
          await expectOneChain(model, id);
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
