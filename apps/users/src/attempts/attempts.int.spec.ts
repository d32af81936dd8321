import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signUp, verifyPassword } from '@usher/contracts/users/accounts.contract';
import { verifyToken } from '@usher/contracts/users/one-time-tokens.contract';
import { eventually } from '@usher/testing/eventually';
import { CONTEXT, startAccounts, type AccountsFixture } from '../accounts/accounts.fixture.js';
import { hashCode } from '../one-time-tokens/one-time-code.js';

describe('too many attempts', () => {
  let accounts: AccountsFixture;
  beforeAll(async () => {
    accounts = await startAccounts({
      ...{ USHER_LOCKOUT_MAX_FAILURES: '5', USHER_CODES_MAX_FAILURES: '5', USHER_EVENTS_SIGN_INS: 'true' },
      GOTRUE_MAILER_AUTOCONFIRM: 'true',
    });
  });
  afterAll(() => accounts.close());

  const register = async (email: string): Promise<string> => {
    const outcome = await accounts.rpc.call(signUp, { email, password: 'secret1' }, CONTEXT);
    if (!('signIn' in outcome)) throw new Error('not signed in');
    return outcome.signIn.user.id;
  };
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'in',
      (error: { code?: string }) => error.code ?? 'unknown',
    );
  const enter = (email: string, password: string) =>
    codeOf(accounts.rpc.call(verifyPassword, { email, password }, CONTEXT));
  const verify = (email: string, token: string) =>
    codeOf(accounts.rpc.call(verifyToken, { type: 'email', email, token }, CONTEXT));

  const plantCode = async (email: string, code: string): Promise<void> => {
    await accounts.rows(
      'UPDATE users SET recovery_token = $2, recovery_sent_at = now() WHERE email = $1',
      ...[email, hashCode(email, code)],
    );
  };

  it('lock an account for a while, also for the right password, and other accounts not', async () => {
    await register('locked@example.com');
    await register('free@example.com');
    for (let i = 0; i < 5; i++) expect(await enter('locked@example.com', 'wrong')).toBe('invalid_credentials');
    expect(await enter('LOCKED@example.com', 'secret1')).toBe('over_request_rate_limit');
    expect(await enter('free@example.com', 'secret1')).toBe('in');
  });

  it('are answered alike for an address that nobody has', async () => {
    for (let i = 0; i < 5; i++) expect(await enter('nobody@example.com', 'wrong')).toBe('invalid_credentials');
    expect(await enter('nobody@example.com', 'wrong')).toBe('over_request_rate_limit');
  });

  it('are not those before a success', async () => {
    await register('forgetful@example.com');
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 4; i++) expect(await enter('forgetful@example.com', 'wrong')).toBe('invalid_credentials');
      expect(await enter('forgetful@example.com', 'secret1')).toBe('in');
    }
  });

  it('are over when their time is', async () => {
    await register('later@example.com');
    for (let i = 0; i < 6; i++) await enter('later@example.com', 'wrong');
    await accounts.rows('UPDATE auth_events.attempts SET ends_at = now() - interval $$1 second$$');
    expect(await enter('later@example.com', 'secret1')).toBe('in');
  });

  it('an intruder cannot guess a code, one after another or all at once', async () => {
    await register('guessed@example.com');
    await plantCode('guessed@example.com', '424242');
    const guesses = await Promise.all(
      Array.from({ length: 50 }, (_, i) => verify('guessed@example.com', String(100_000 + i))),
    );
    expect(guesses.filter((code) => code === 'otp_expired')).toHaveLength(5);
    expect(await verify('guessed@example.com', '424242')).toBe('over_request_rate_limit');
    for (let i = 0; i < 5; i++) expect(await verify('stranger@example.com', '111111')).toBe('otp_expired');
    expect(await verify('stranger@example.com', '111111')).toBe('over_request_rate_limit');
  });

  it('a failed sign-in is told to consumers who asked for it', async () => {
    const id = await register('told@example.com');
    await enter('told@example.com', 'wrong');
    await eventually(async () => {
      const events = await accounts.rows<{ data: object }>(
        `SELECT data FROM auth_events.outbox WHERE subject_id = $1 AND type = 'sign_in.failed'`,
        id,
      );
      return events.length === 1 && !JSON.stringify(events).includes('wrong');
    });
  });
});
