import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEED_POKE } from '@usher/contracts/events/streams';
import type { EventType } from '@usher/contracts/events/event-types';
import { Outbox } from '@usher/messaging/outbox';
import { eventually } from '@usher/testing/eventually';
import { requestFrom, startTokens, type TokensFixture } from '../tokens.fixture.js';

const FROM = requestFrom('192.0.2.1', '');

let tokens: TokensFixture;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(() => tokens.close());

/** As `users` leaves it when the gateway dies before it ends the sessions: the event, and nobody who acts. */
async function happened(type: EventType, userId: string, sessionId: string | null): Promise<void> {
  const outbox = new Outbox(tokens.nats);
  const event = { type, subject: userId, record: { id: userId } };
  await tokens.database.transaction((tx) => outbox.append(tx, FROM, sessionId, event));
  await tokens.rows('SELECT auth_events.number_events(1000)');
  tokens.nats.publish(FEED_POKE);
}
const sessionsOf = async (userId: string): Promise<string[]> =>
  (await tokens.rows<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1 ORDER BY created_at', userId)).map(
    ({ id }) => id,
  );
const handled = () =>
  eventually(
    async () =>
      (
        await tokens.rows<{ done: boolean }>(
          'SELECT h.position = (SELECT max(position) FROM auth_events.outbox) AS done FROM auth_events.session_healing h',
        )
      )[0]!.done,
  );

describe('a crash between a change and the end of its sessions', () => {
  it('heals after a changed password; the session of the change and later ones stay', async () => {
    const user = await tokens.user();
    for (let n = 0; n < 2; n++) await tokens.open(user);
    const [old, own] = await sessionsOf(user.id);
    await tokens.rows(`UPDATE sessions SET created_at = now() + interval '5 minutes' WHERE id = $1`, old);
    const outbox = new Outbox(tokens.nats);
    const event = { type: 'user.password_changed', subject: user.id, record: {} } as const;
    await tokens.database.transaction((tx) => outbox.append(tx, FROM, own!, event));
    await tokens.open(user);
    await happened('user.updated', user.id, null);
    await eventually(async () => !(await sessionsOf(user.id)).includes(old!));
    await handled();
    expect(await sessionsOf(user.id)).toHaveLength(2);
    expect(await sessionsOf(user.id)).toContain(own);
    const [told] = await tokens.rows(
      `SELECT type, actor_type, origin, data->'context'->>'reason' AS reason FROM auth_events.outbox
       WHERE subject_id = $1 AND type = 'session.revoked'`,
      user.id,
    );
    expect(told).toEqual({ type: 'session.revoked', actor_type: 'system', origin: 'job', reason: 'password_changed' });
  });

  it.each(['user.deleted', 'user.password_changed'] as const)('heals after %s by an administrator', async (type) => {
    const user = await tokens.user();
    const other = await tokens.user();
    await tokens.open(user);
    await tokens.open(other);
    await happened(type, user.id, null);
    await eventually(async () => (await sessionsOf(user.id)).length === 0);
    expect(await sessionsOf(other.id)).toHaveLength(1);
  });

  it('leaves the sessions of a banned user, who may be let in again', async () => {
    const user = await tokens.user();
    await tokens.open(user);
    await happened('user.banned', user.id, null);
    await handled();
    expect(await sessionsOf(user.id)).toHaveLength(1);
  });
});
