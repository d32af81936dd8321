import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTokens, type TokensFixture } from '../tokens.fixture.js';
import { Cleanup } from '@usher/database/cleanup';
import { OldSessionRows } from './old-session-rows.service.js';

describe('the clean-up of sessions', () => {
  let tokens: TokensFixture;
  beforeAll(async () => {
    tokens = await startTokens({ GOTRUE_SESSIONS_TIMEBOX: '1h', GOTRUE_SESSIONS_INACTIVITY_TIMEOUT: '30m' });
  });
  afterAll(() => tokens.close());

  const session = async (change: string): Promise<{ id: string; userId: string }> => {
    const user = await tokens.user();
    await tokens.open(user);
    const [row] = await tokens.rows<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', user.id);
    const id = row?.id ?? '';
    await tokens.rows(`UPDATE sessions SET ${change} WHERE id = $1`, id);
    return { id, userId: user.id };
  };
  const run = (): Promise<Record<string, number>> => {
    const rows = tokens.service.get(OldSessionRows, { strict: false });
    const onError = (task: string, error: unknown): void => {
      throw new Error(task, { cause: error });
    };
    return new Cleanup(tokens.database, { name: 'test', tasks: rows.tasks(), roundMs: 10_000, onError }).round();
  };
  const stands = async (id: string) => (await tokens.rows('SELECT 1 FROM sessions WHERE id = $1', id)).length === 1;

  it.each([
    ['not_after', `not_after = now() - interval '73 hours'`],
    ['timebox', `created_at = now() - interval '26 hours', refreshed_at = now() AT TIME ZONE 'UTC'`],
    ['inactivity', `refreshed_at = (now() - interval '25 hours') AT TIME ZONE 'UTC'`],
  ])('removes what is over by %s, and tells so', async (reason, change) => {
    const { id, userId } = await session(change);
    await run();
    expect(await stands(id)).toBe(false);
    const events = await tokens.rows(
      `SELECT type, origin, data FROM auth_events.outbox WHERE subject_id = $1 AND type = 'session.expired'`,
      userId,
    );
    expect(events).toMatchObject([{ origin: 'job', data: { record: { id }, context: { reason } } }]);
    expect(JSON.stringify(events)).not.toContain('hmac');
  });

  it('removes a session that was never refreshed by the age of its token', async () => {
    const { id } = await session(`tag = null`);
    await tokens.rows(`UPDATE refresh_tokens SET updated_at = now() - interval '25 hours' WHERE session_id = $1`, id);
    await run();
    expect(await stands(id)).toBe(false);
  });

  it('leaves what may still be asked for', async () => {
    const { id } = await session(`not_after = now() - interval '71 hours', refreshed_at = now() AT TIME ZONE 'UTC'`);
    await run();
    expect(await stands(id)).toBe(true);
  });

  it('removes tokens revoked a day ago, and no others', async () => {
    const { id } = await session('tag = null');
    await tokens.rows(
      `INSERT INTO refresh_tokens (instance_id, token, user_id, session_id, revoked, created_at, updated_at)
       SELECT instance_id, 'old', user_id, session_id, true, created_at, now() - interval '25 hours' FROM refresh_tokens WHERE session_id = $1`,
      id,
    );
    await run();
    const left = await tokens.rows<{ revoked: boolean }>(
      'SELECT revoked FROM refresh_tokens WHERE session_id = $1',
      id,
    );
    expect(left).toEqual([{ revoked: false }]);
  });
});
