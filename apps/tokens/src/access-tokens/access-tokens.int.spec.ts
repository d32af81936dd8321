import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';
import { startTokens, type TokensFixture } from '../tokens.fixture.js';

const claimsOf = (token: string): JsonObject =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as JsonObject;

const refusal = (work: Promise<unknown>): Promise<AuthError> =>
  work.then(
    () => Promise.reject(new Error('was accepted')),
    (error: AuthError) => error,
  );

describe('the custom access token hook', () => {
  let tokens: TokensFixture;
  beforeAll(async () => {
    tokens = await startTokens({
      GOTRUE_HOOK_CUSTOM_ACCESS_TOKEN_ENABLED: 'true',
      GOTRUE_HOOK_CUSTOM_ACCESS_TOKEN_URI: 'pg-functions://postgres/hooks/token_hook',
    });
    await tokens.database.pool.query('CREATE SCHEMA hooks');
  });
  afterAll(() => tokens.close());

  const define = (claims: string): Promise<unknown> =>
    tokens.database.pool.query(`CREATE OR REPLACE FUNCTION hooks.token_hook(event jsonb) RETURNS jsonb LANGUAGE sql AS
      $$ SELECT jsonb_build_object('claims', ${claims}) $$`);
  const sessions = (id: string): Promise<unknown[]> => tokens.rows('SELECT id FROM sessions WHERE user_id = $1', id);

  it('replaces the claims, also the role', async () => {
    await define(`(event->'claims') || '{"role":"editor","plan":"pro"}'`);
    const { access_token } = await tokens.open(await tokens.user());
    expect(claimsOf(access_token)).toMatchObject({ role: 'editor', plan: 'pro' });
  });

  // known-faults.md: "a token hook can mint `service_role`".
  it.each(['service_role', 'supabase_admin'])('cannot mint %s', async (role) => {
    await define(`(event->'claims') || '{"role":"${role}"}'`);
    const user = await tokens.user();
    const { status, message } = await refusal(tokens.open(user));
    expect({ status, message }).toEqual({
      status: 500,
      message:
        'output claims do not conform to the expected schema: \n- role: a hook cannot make an administrator of a user\n',
    });
    expect(await sessions(user.id)).toEqual([]);
  });

  // security-checklist.md J17.
  it.each(['aud', 'exp', 'iat', 'sub', 'email', 'phone', 'role', 'aal', 'session_id', 'is_anonymous'])(
    'cannot drop %s, and then nothing is written',
    async (claim) => {
      await define(`(event->'claims') - '${claim}'`);
      const user = await tokens.user();
      expect((await refusal(tokens.open(user))).message).toContain(`(root): ${claim} is required`);
      expect(await sessions(user.id)).toEqual([]);
      expect(await tokens.rows('SELECT id FROM auth_events.outbox WHERE subject_id = $1', user.id)).toEqual([]);
    },
  );

  it('that refuses a refresh does not spend the token', async () => {
    await define(`event->'claims'`);
    const { refresh_token } = await tokens.open(await tokens.user());
    await define(`null::jsonb`);
    expect((await refusal(tokens.refresh(refresh_token))).status).toBe(500);
    await define(`event->'claims'`);
    expect((await tokens.refresh(refresh_token)).refresh_token).not.toBe(refresh_token);
  });
});
