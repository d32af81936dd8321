import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signUp } from '@usher/contracts/users/accounts.contract';
import { unlinkIdentity } from '@usher/contracts/users/identities.contract';
import { bearerOf, CONTEXT, startAccounts, type AccountsFixture } from '../accounts/accounts.fixture.js';

describe('unlinking identities', () => {
  let accounts: AccountsFixture;
  beforeAll(async () => {
    accounts = await startAccounts({ GOTRUE_SECURITY_MANUAL_LINKING_ENABLED: 'true' });
  });
  afterAll(() => accounts.close());

  interface Person {
    id: string;
    own: string;
    github: string;
  }

  /** Somebody with an account by address and an identity at a provider. */
  const person = async (name: string, githubEmail?: string, verified = true): Promise<Person> => {
    const outcome = await accounts.rpc.call(signUp, { email: `${name}@example.com`, password: 'secret1' }, CONTEXT);
    if (!('signIn' in outcome)) throw new Error('not signed in');
    const { id, identities } = outcome.signIn.user;
    const github = randomUUID();
    const data = JSON.stringify({
      sub: github,
      ...(githubEmail ? { email: githubEmail } : {}),
      email_verified: verified,
    });
    await accounts.rows(
      `INSERT INTO identities (id, user_id, provider_id, provider, identity_data, created_at) VALUES ($1, $2, $3, 'github', $4, now())`,
      ...[github, id, github, data],
    );
    return { id, own: identities?.[0]?.identity_id ?? '', github };
  };
  const unlink = (userId: string, identityId: string, context = CONTEXT) =>
    accounts.rpc.call(unlinkIdentity, { bearer: bearerOf(userId), identityId }, context);
  const row = async (id: string) =>
    (await accounts.rows<Record<string, unknown>>('SELECT * FROM users WHERE id = $1', id))[0];
  const providers = async (id: string) =>
    (await accounts.rows<{ provider: string }>('SELECT provider FROM identities WHERE user_id = $1', id)).map(
      (r) => r.provider,
    );

  it('tells the log and the feed, and leaves the address', async () => {
    const ann = await person('ann', 'ann@github.example');
    expect(await unlink(ann.id, ann.github)).toEqual({});
    expect(await row(ann.id)).toMatchObject({ email: 'ann@example.com', raw_app_meta_data: { providers: ['email'] } });
    const events = await accounts.rows<{ type: string }>(
      'SELECT type FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version DESC LIMIT 2',
      ann.id,
    );
    expect(events.map(({ type }) => type)).toContain('identity.unlinked');
    const [entry] = await accounts.rows<{ ip_address: string; payload: { traits: object } }>(
      `SELECT * FROM audit_log_entries WHERE payload->>'action' = 'identity_unlinked' AND payload->>'actor_id' = $1`,
      ann.id,
    );
    expect(entry).toMatchObject({
      ip_address: CONTEXT.ip,
      payload: { traits: { identity_id: ann.github, provider: 'github' } },
    });
  });

  it('puts the verified address of another identity in the place of the one that goes, and voids what was sent', async () => {
    const ben = await person('ben', 'ben@github.example');
    await accounts.rows(
      `UPDATE users SET recovery_token = 'abc', email_change = 'x@example.com' WHERE id = $1`,
      ben.id,
    );
    await unlink(ben.id, ben.own);
    const after = await row(ben.id);
    expect(after).toMatchObject({ email: 'ben@github.example', recovery_token: '', email_change: '' });
    expect(after?.email_confirmed_at).not.toBeNull();
  });

  it('leaves no address where the other identity has none', async () => {
    const cat = await person('cat');
    await unlink(cat.id, cat.own);
    expect(await row(cat.id)).toMatchObject({ email: null, email_confirmed_at: null });
  });

  it('refuses when the address of what is left is another account’s', async () => {
    await person('taken', 'taken@github.example');
    const dan = await person('dan', 'taken@example.com');
    await expect(unlink(dan.id, dan.own)).rejects.toMatchObject({ code: 'email_conflict_identity_not_deletable' });
    expect(await providers(dan.id)).toHaveLength(2);
  });

  it('an intruder cannot unlink another user’s identity', async () => {
    const [eve, fay] = [await person('eve'), await person('fay')];
    await expect(unlink(eve.id, fay.github)).rejects.toMatchObject({ code: 'identity_not_found', status: 422 });
    expect(await providers(fay.id)).toHaveLength(2);
  });

  it('of two at the same time one stays', async () => {
    const gus = await person('gus');
    const both = await Promise.allSettled([unlink(gus.id, gus.own), unlink(gus.id, gus.github)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await providers(gus.id)).toHaveLength(1);
  });

  it.each(['not-a-uuid', '', '\0', '${8f1c1c9e-0f0b-4ab3-a9a6-5d7a6bfa3d11}', 'x'.repeat(5000)])(
    'refuses %j as an id',
    async (identityId) => {
      const { id } = await person(`bad${randomUUID().slice(0, 8)}`);
      await expect(unlink(id, identityId)).rejects.toMatchObject({ code: 'validation_failed', status: 404 });
    },
  );

  it('refuses a token for another audience than the request’s', async () => {
    const hal = await person('hal');
    const elsewhere = { ...CONTEXT, audience: 'elsewhere' };
    await expect(unlink(hal.id, hal.github, elsewhere)).rejects.toMatchObject({
      code: 'unexpected_audience',
      status: 403,
    });
  });
});
