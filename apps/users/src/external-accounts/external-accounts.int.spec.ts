import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  linkOrCreateAccount,
  type LinkedAccount,
  type LinkOrCreateInput,
} from '@usher/contracts/users/external-accounts.contract';
import { signUp } from '@usher/contracts/users/accounts.contract';
import { CONTEXT, startAccounts, type AccountsFixture } from '../accounts/accounts.fixture.js';

let fixture: AccountsFixture;
beforeAll(async () => {
  fixture = await startAccounts();
});
afterAll(() => fixture.close());

const input = (subject: string, email: string, more: Partial<LinkOrCreateInput> = {}): LinkOrCreateInput => ({
  identity: {
    ...{ provider: 'github', subject, claims: { sub: subject, email, name: 'Ada' } },
    emails: [{ email, verified: true, primary: true }],
  },
  ...{ method: 'oauth', emailOptional: false, opensSession: true, ...more },
});

async function come(asked: LinkOrCreateInput): Promise<LinkedAccount> {
  const linked = await fixture.rpc.call(linkOrCreateAccount, asked, { ...CONTEXT, origin: 'oauth' });
  if ('replayed' in linked) throw new Error('replayed');
  return linked;
}

describe('somebody whom a provider vouches for', () => {
  it('gets one account, also when the answer comes ten times at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => come(input('many', 'many@example.com'))));
    expect(new Set(all.map(({ signIn }) => signIn.user.id)).size).toBe(1);
    const types = await fixture.rows<{ type: string; origin: string }>(
      'SELECT type, origin FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      all[0]!.signIn.user.id,
    );
    expect(types.slice(0, 2)).toEqual([
      { type: 'user.created', origin: 'oauth' },
      { type: 'identity.linked', origin: 'oauth' },
    ]);
    expect(types.filter(({ type }) => type === 'user.created')).toHaveLength(1);
  });

  it('joins the account with the verified address', async () => {
    const first = await come(input('join-1', 'join@example.com'));
    const other = input('join-2', 'Join@example.com');
    const second = await come({ ...other, identity: { ...other.identity, provider: 'gitlab' } });
    expect(second).toMatchObject({ decision: 'link_account', signIn: { user: { id: first.signIn.user.id } } });
  });

  it('the same subject of another provider is somebody else', async () => {
    const one = await come(input('same', 'one@example.com'));
    const asked = input('same', 'two@example.com');
    const two = await come({ ...asked, identity: { ...asked.identity, provider: 'gitlab' } });
    expect(two.signIn.user.id).not.toBe(one.signIn.user.id);
  });

  it("cannot link another user's identity", async () => {
    const victim = await come(input('victim', 'victim@example.com'));
    const attacker = await come(input('attacker', 'attacker@example.com'));
    const stolen = input('victim', 'victim@example.com', { linkTo: attacker.signIn.user.id });
    await expect(come(stolen)).rejects.toMatchObject({ code: 'identity_already_exists' });
    const rows = await fixture.rows<{ user_id: string }>(
      `SELECT user_id FROM identities WHERE provider_id = $1`,
      'victim',
    );
    expect(rows).toEqual([{ user_id: victim.signIn.user.id }]);
  });

  it('cannot link to an account that is gone, nor sign in to one that is banned', async () => {
    const gone = input('gone', 'gone@example.com', { linkTo: '8f1c1c9e-0f0b-4ab3-a9a6-5d7a6bfa3d11' });
    await expect(come(gone)).rejects.toMatchObject({ code: 'user_not_found' });
    const banned = await come(input('banned', 'banned@example.com'));
    await fixture.rows(`UPDATE users SET banned_until = now() + interval '1 day' WHERE id = $1`, banned.signIn.user.id);
    await expect(come(input('banned', 'banned@example.com'))).rejects.toMatchObject({ code: 'user_banned' });
  });

  it('a proof counts once, also in parallel', async () => {
    const spend = { purpose: 'id-token', value: 'the same', expiresAt: new Date(Date.now() + 60_000).toISOString() };
    const ask = () => fixture.rpc.call(linkOrCreateAccount, input('once', 'once@example.com', { spend }), CONTEXT);
    const all = await Promise.all(Array.from({ length: 6 }, ask));
    expect(all.filter((one) => 'signIn' in one)).toHaveLength(1);
  });

  it('whoever planted an account with the address loses everything tied to it', async () => {
    await fixture.rpc.call(signUp, { email: 'planted@example.com', password: 'attacker-Horse-7' }, CONTEXT);
    const [row] = await fixture.rows<{ id: string }>(
      `UPDATE users SET email_confirmed_at = NULL WHERE email = 'planted@example.com' RETURNING id`,
    );
    await fixture.rows(
      `INSERT INTO mfa_factors (id, user_id, factor_type, status, created_at, updated_at) VALUES (gen_random_uuid(), $1, 'totp', 'verified', now(), now())`,
      row!.id,
    );
    const owner = await come(input('owner', 'planted@example.com'));
    expect(owner).toMatchObject({ decision: 'link_account', endSessions: true, signIn: { user: { id: row!.id } } });
    expect(owner.signIn.user.identities?.map(({ provider }) => provider)).toEqual(['github']);
    const left = await fixture.rows<{ encrypted_password: string | null; factors: number }>(
      'SELECT encrypted_password, (SELECT count(*)::int FROM mfa_factors f WHERE f.user_id = u.id) AS factors FROM users u WHERE id = $1',
      row!.id,
    );
    expect(left).toEqual([{ encrypted_password: null, factors: 0 }]);
  });
});
