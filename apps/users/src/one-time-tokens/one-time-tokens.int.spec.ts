import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserObject } from '@usher/contracts/user-object';
import { verifyPassword } from '@usher/contracts/users/accounts.contract';
import { adminCreateUser, adminUpdateUser, generateLink } from '@usher/contracts/users/admin.contract';
import { requestOtp, verifyToken, type VerifyTokenInput } from '@usher/contracts/users/one-time-tokens.contract';
import { CONTEXT, startAccounts, type AccountsFixture } from '../accounts/accounts.fixture.js';
import { hashCode } from './one-time-code.js';

const PHONE = '15550100000';
const FIXED = '246810';
const PASSWORD = 'secret1';

describe('one-time tokens', () => {
  let service: AccountsFixture;
  beforeAll(async () => {
    service = await startAccounts({
      GOTRUE_MAILER_AUTOCONFIRM: 'false',
      GOTRUE_EXTERNAL_PHONE_ENABLED: 'true',
      GOTRUE_SMS_TEST_OTP: `${PHONE}:${FIXED}`,
    });
  });
  afterAll(() => service.close());

  let count = 0;
  const newUser = (more: object = { email_confirm: true }): Promise<UserObject> => {
    const email = `user${++count}@example.com`;
    const emailConfirm = 'email_confirm' in more;
    return service.rpc.call(adminCreateUser, { email, password: PASSWORD, emailConfirm, ...more }, CONTEXT);
  };
  const link = async (type: string, email: string, newEmail?: string): Promise<{ otp: string; hash: string }> => {
    const made = await service.rpc.call(generateLink, { type, email, newEmail }, CONTEXT);
    const hash = new URL(String(made.action_link)).searchParams.get('token') ?? '';
    return { otp: String(made.email_otp), hash };
  };
  const verify = (input: VerifyTokenInput) => service.rpc.call(verifyToken, input, CONTEXT);
  const outcome = (input: VerifyTokenInput): Promise<string> =>
    verify(input).then(
      (verified) => ('halfDone' in verified ? 'half' : 'signed in'),
      (error: { code: string }) => error.code,
    );
  const tally = (outcomes: string[]) => outcomes.filter((one) => one === 'signed in').length;

  it('a link opened 50 times at once signs in once', async () => {
    const { email } = await newUser();
    const { hash } = await link('recovery', email);
    const all = Array.from({ length: 50 }, () => outcome({ type: 'recovery', tokenHash: hash }));
    const outcomes = await Promise.all(all);
    expect(tally(outcomes)).toBe(1);
    expect(outcomes.filter((one) => one === 'otp_expired')).toHaveLength(49);
  });

  it('a code typed 50 times at once, and its link meanwhile, sign in once', async () => {
    const { email } = await newUser();
    const { hash, otp } = await link('magiclink', email);
    const attempt = (i: number) =>
      outcome(i % 2 ? { type: 'email', email, token: otp } : { type: 'email', tokenHash: hash });
    expect(tally(await Promise.all(Array.from({ length: 50 }, (_, i) => attempt(i))))).toBe(1);
  });

  it('a new code ends the old one', async () => {
    const { email } = await newUser();
    const old = await link('recovery', email);
    await link('recovery', email);
    expect(await outcome({ type: 'recovery', tokenHash: old.hash })).toBe('otp_expired');
    expect(await outcome({ type: 'recovery', email, token: old.otp })).toBe('otp_expired');
  });

  it('a code is too late after its lifetime, and a banned user gets in by none', async () => {
    const late = await newUser();
    const { hash } = await link('recovery', late.email);
    await service.rows("UPDATE users SET recovery_sent_at = now() - interval '25 hours' WHERE id = $1", late.id);
    expect(await outcome({ type: 'recovery', tokenHash: hash })).toBe('otp_expired');
    const banned = await newUser();
    const token = await link('recovery', banned.email);
    await service.rpc.call(adminUpdateUser, { userId: banned.id, params: { banDuration: '1h' } }, CONTEXT);
    expect(await outcome({ type: 'recovery', tokenHash: token.hash })).toBe('user_banned');
  });

  it('an intruder cannot confirm an e-mail address with the code of a text message', async () => {
    const { id } = await newUser({ phone: PHONE, phoneConfirm: true });
    await service.rpc.call(requestOtp, { phone: PHONE, createUser: true }, CONTEXT);
    const tokenHash = hashCode(PHONE, FIXED);
    expect(await service.rows('SELECT 1 FROM users WHERE confirmation_token = $1', tokenHash)).toHaveLength(1);
    expect(await outcome({ type: 'signup', tokenHash })).toBe('otp_expired');
    expect(await outcome({ type: 'email', tokenHash })).toBe('otp_expired');
    expect(await service.rows('SELECT 1 FROM users WHERE id = $1 AND email_confirmed_at IS NULL', id)).toHaveLength(1);
    expect(await outcome({ type: 'sms', phone: PHONE, token: FIXED })).toBe('signed in');
  });

  it('an intruder cannot confirm a new address with a mail to the one before', async () => {
    const { id, email } = await newUser({});
    const { hash, otp } = await link('invite', email);
    await service.rpc.call(adminUpdateUser, { userId: id, params: { email: `replaced.${email}` } }, CONTEXT);
    expect(await outcome({ type: 'invite', tokenHash: hash })).toBe('otp_expired');
    expect(await outcome({ type: 'invite', email: `replaced.${email}`, token: otp })).toBe('otp_expired');
  });

  it("an intruder cannot sign in with his own code and another's address, nor with a token of another kind", async () => {
    const [mine, theirs] = [await newUser(), await newUser()];
    const { hash, otp } = await link('recovery', mine.email);
    expect(await outcome({ type: 'recovery', email: theirs.email, token: otp })).toBe('otp_expired');
    expect(await outcome({ type: 'signup', tokenHash: hash })).toBe('otp_expired');
    expect(await outcome({ type: 'email_change', tokenHash: hash })).toBe('otp_expired');
    expect(await outcome({ type: 'recovery', tokenHash: hash.slice(0, -1) })).toBe('otp_expired');
    expect(await outcome({ type: 'recovery', tokenHash: `${hash}0` })).toBe('otp_expired');
  });

  it.each(['invite', 'magiclink'])(
    'an intruder loses the password once the invited owner opens a link (%s)',
    async (type) => {
      const { email } = await newUser({});
      const invited = await link('invite', email);
      const { hash } = type === 'invite' ? invited : await link(type, email);
      expect(await outcome({ type, tokenHash: hash })).toBe('signed in');
      const entered = service.rpc.call(verifyPassword, { email, password: PASSWORD }, CONTEXT);
      await expect(entered).rejects.toMatchObject({ code: 'invalid_credentials' });
    },
  );

  it.each([
    ['email_change_current', 'email_change_new'],
    ['email_change_new', 'email_change_current'],
  ])('an e-mail change needs both addresses: %s, then %s', async (first, second) => {
    const { id, email } = await newUser();
    const next = `next.${email}`;
    const links = { [first]: await link(first, email, next), [second]: await link(second, email, next) };
    const open = (type: string) => outcome({ type: 'email_change', tokenHash: links[type]?.hash });
    expect(await open(first)).toBe('half');
    expect(await open(first)).toBe('otp_expired');
    expect(await service.rows('SELECT 1 FROM users WHERE id = $1 AND email = $2', id, email)).toHaveLength(1);
    expect(await open(second)).toBe('signed in');
    expect(await service.rows('SELECT 1 FROM users WHERE id = $1 AND email = $2', id, next)).toHaveLength(1);
  });

  it('an address that somebody else has taken meanwhile is refused, and the link stays good', async () => {
    const { email } = await newUser();
    const next = `taken.${email}`;
    const links = [await link('email_change_current', email, next), await link('email_change_new', email, next)];
    expect(await outcome({ type: 'email_change', tokenHash: links[0]?.hash })).toBe('half');
    const other = await newUser({ email: next, email_confirm: true });
    expect(await outcome({ type: 'email_change', tokenHash: links[1]?.hash })).toBe('email_exists');
    await service.rows('DELETE FROM users WHERE id = $1', other.id);
    expect(await outcome({ type: 'email_change', tokenHash: links[1]?.hash })).toBe('signed in');
  });

  it('a confirmation is an event with its cause, and no event or entry holds a code or hash', async () => {
    const { id, email } = await newUser({});
    const { hash, otp } = await link('invite', email);
    await verify({ type: 'invite', email, token: otp });
    const events = await service.rows<{ type: string; data: object }>(
      'SELECT type, data FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      id,
    );
    const types = events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['user.created', 'user.invited', 'user.email_confirmed']));
    expect(types).toContain('user.password_changed');
    const entries = await service.rows('SELECT payload FROM audit_log_entries');
    for (const secret of [hash, `"${otp}"`]) expect(JSON.stringify([events, entries])).not.toContain(secret);
  });
});
