import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignIn } from '@usher/contracts/sign-in';
import {
  getCurrentUser,
  signUp,
  signUpAnonymously,
  updateCurrentUser,
  verifyPassword,
} from '@usher/contracts/users/accounts.contract';
import { bearerOf, CONTEXT, startAccounts, type AccountsFixture } from './accounts.fixture.js';

const KEY = Buffer.alloc(32, 1).toString('base64url');

describe('accounts', () => {
  let accounts: AccountsFixture;
  beforeAll(async () => {
    accounts = await startAccounts({
      GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPT: 'true',
      GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPTION_KEY_ID: 'k1',
      GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPTION_KEY: KEY,
      GOTRUE_SECURITY_DB_ENCRYPTION_DECRYPTION_KEYS: `k1:${KEY}`,
      GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED: 'true',
    });
  });
  afterAll(() => accounts.close());

  const register = async (email: string, password = 'secret1'): Promise<SignIn> => {
    const outcome = await accounts.rpc.call(signUp, { email, password }, CONTEXT);
    if (!('signIn' in outcome)) throw new Error('not signed in');
    return outcome.signIn;
  };
  const enter = (email: string, password: string) => accounts.rpc.call(verifyPassword, { email, password }, CONTEXT);
  const setPassword = (id: string, password: string) =>
    accounts.rpc.call(updateCurrentUser, { bearer: bearerOf(id), password }, CONTEXT);

  it('sign-ups of one address at the same time make one account', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => register('race@example.com')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = all.filter((result) => result.status === 'rejected');
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'user_already_exists', status: 422 });
    expect(await accounts.rows("SELECT 1 FROM identities WHERE email = 'race@example.com'")).toHaveLength(1);
  });

  it('the address of another audience is a repeated sign-up, not a failure', async () => {
    await register('aud@example.com');
    const elsewhere = { ...CONTEXT, audience: 'elsewhere' };
    const again = accounts.rpc.call(signUp, { email: 'aud@example.com', password: 'secret1' }, elsewhere);
    await expect(again).rejects.toMatchObject({ code: 'user_already_exists' });
  });

  it('an intruder gets no session of an unconfirmed account by signing up again', async () => {
    await register('mine@example.com');
    await accounts.rows("UPDATE users SET email_confirmed_at = null WHERE email = 'mine@example.com'");
    await expect(register('mine@example.com', 'intruder')).rejects.toMatchObject({ code: 'user_already_exists' });
  });

  it('a password is encrypted for its row at the first sign-in, and still opens the account', async () => {
    const { user } = await register('sealed@example.com');
    await enter('sealed@example.com', 'secret1');
    const [row] = await accounts.rows<{ stored: string }>(
      'SELECT encrypted_password AS stored FROM users WHERE id = $1',
      user.id,
    );
    expect(JSON.parse(row!.stored)).toMatchObject({ key_id: 'k1', alg: 'aes-gcm-hkdf' });
    await enter('sealed@example.com', 'secret1');
    await expect(setPassword(user.id, 'secret1')).rejects.toMatchObject({ code: 'same_password' });
    await setPassword(user.id, 'secret2');
    await expect(enter('sealed@example.com', 'secret1')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await enter('sealed@example.com', 'secret2');
  });

  it('only who knows the password hears of a ban', async () => {
    await register('banned@example.com');
    await accounts.rows("UPDATE users SET banned_until = now() + interval '1 day' WHERE email = 'banned@example.com'");
    await expect(enter('banned@example.com', 'wrong')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(enter('banned@example.com', 'secret1')).rejects.toMatchObject({ code: 'user_banned', status: 400 });
  });

  it('cannot read another user through a session of the own', async () => {
    const [mine, other] = [await register('me@example.com'), await register('other@example.com')];
    const [session] = await accounts.rows<{ id: string }>(
      'INSERT INTO sessions (id, user_id) VALUES (gen_random_uuid(), $1) RETURNING id',
      mine.user.id,
    );
    const read = (sub: string) => accounts.rpc.call(getCurrentUser, { bearer: bearerOf(sub, session!.id) }, CONTEXT);
    await expect(read(other.user.id)).rejects.toMatchObject({ code: 'session_not_found' });
    expect((await read(mine.user.id)).email).toBe('me@example.com');
  });

  it('changes of metadata at the same time all arrive', async () => {
    const { user } = await register('merge@example.com');
    const changes = Array.from({ length: 8 }, (_, i) =>
      accounts.rpc.call(updateCurrentUser, { bearer: bearerOf(user.id), data: { [`k${i}`]: i } }, CONTEXT),
    );
    await Promise.all(changes);
    const stored = await accounts.rpc.call(getCurrentUser, { bearer: bearerOf(user.id) }, CONTEXT);
    for (let i = 0; i < 8; i++) expect(stored.user_metadata).toHaveProperty(`k${i}`, i);
  });

  it('a visitor becomes permanent, and never by the address of somebody else', async () => {
    await register('taken@example.com');
    const { signIn } = await accounts.rpc.call(signUpAnonymously, {}, CONTEXT);
    const claim = (email: string) =>
      accounts.rpc.call(updateCurrentUser, { bearer: bearerOf(signIn.user.id), email, password: 'secret1' }, CONTEXT);
    await expect(claim('taken@example.com')).rejects.toMatchObject({ code: 'email_exists' });
    expect((await claim('free@example.com')).user).toMatchObject({ is_anonymous: false, email: 'free@example.com' });
  });

  it('every change is an event, in order, and none holds a secret', async () => {
    const { user } = await register('events@example.com');
    await setPassword(user.id, 'another-secret');
    const events = await accounts.rows<{ type: string; version: number; data: object }>(
      'SELECT type, version, data FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      user.id,
    );
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'identity.linked', 'user.password_changed']);
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(JSON.stringify(events)).not.toMatch(/secret|\$2a|aes-gcm/);
  });
});
