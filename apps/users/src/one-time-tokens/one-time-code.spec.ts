import { describe, expect, it } from '@jest/globals';
import type { UserRow } from '@usher/database/users/user-row';
import fc from 'fast-check';
import { codeMatches, generateOtp, hashCode, isExpired, secondsToWait } from './one-time-code.js';
import { effectOf } from './verification-effect.js';
import { codeSlots, effectiveType, isBoundTo, linkSlots, slotOfCode, type VerificationType } from './verification.js';

const NOW = new Date('2026-01-02T03:04:05Z');
const before = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString();
const row = (columns: Partial<UserRow>): UserRow => ({ email: 'a@example.com', phone: null, ...columns }) as UserRow;
const SLOTS = ['confirmation_token', 'recovery_token', 'email_change_token_new', 'email_change_token_current'] as const;

const code = fc.stringMatching(/^[0-9]{6}$/);
const address = fc.emailAddress();

describe('one-time codes', () => {
  it('have the length asked for, and every digit is drawn', () => {
    expect(generateOtp(8, () => 0)).toBe('00000000');
    fc.assert(fc.property(fc.integer({ min: 6, max: 10 }), fc.nat(9), (n, d) => generateOtp(n, () => d).length === n));
  });

  it('fit the address they were sent to alone, with and without PKCE', () => {
    fc.assert(
      fc.property(address, address, code, fc.boolean(), (mine, other, otp, pkce) => {
        fc.pre(mine !== other);
        const stored = hashCode(mine, otp, pkce);
        return codeMatches(stored, mine, otp) && !codeMatches(stored, other, otp);
      }),
    );
  });

  it('no other code fits', () => {
    fc.assert(
      fc.property(
        address,
        code,
        code,
        (mine, otp, guess) => codeMatches(hashCode(mine, otp), mine, guess) === (otp === guess),
      ),
    );
  });

  it('nothing fits an empty slot', () => {
    for (const stored of ['', null]) expect(codeMatches(stored, 'a@example.com', '')).toBe(false);
  });

  it('expire to the second', () => {
    expect(isExpired(before(60), 60, NOW)).toBe(false);
    expect(isExpired(before(60.001), 60, NOW)).toBe(true);
    expect(isExpired(null, 60, NOW)).toBe(true);
  });

  it('may be sent again after the gap', () => {
    expect(secondsToWait(before(10), 60_000, NOW)).toBe(50);
    expect(secondsToWait(before(60), 60_000, NOW)).toBeNull();
    expect(secondsToWait(null, 60_000, NOW)).toBeNull();
  });
});

describe('verification', () => {
  it('types of text messages have no links, unknown ones nothing', () => {
    for (const type of ['sms', 'phone_change', 'nonsense', '__proto__', 'constructor'])
      expect(() => linkSlots(type)).toThrow('Invalid email verification type');
    for (const type of ['nonsense', '__proto__', 'toString', '']) expect(codeSlots(type)).toEqual([]);
  });

  it('finds a code in the slots of its type only', () => {
    fc.assert(
      fc.property(code, fc.constantFrom(...SLOTS), fc.constantFrom(...SLOTS), (otp, put, asked) => {
        const sent = { confirmation_sent_at: before(1), recovery_sent_at: before(1), email_change_sent_at: before(1) };
        const user = row({ ...sent, [put]: hashCode('a@example.com', otp) });
        return slotOfCode(user, [asked], 'a@example.com', otp, 60, NOW) === (put === asked ? put : undefined);
      }),
    );
  });

  it('binds a link to the address and the channel it was sent by', () => {
    const user = row({ phone: '15550100000', email_change: 'b@example.com' });
    expect(isBoundTo(user, 'confirmation_token', 'a@example.com')).toBe(true);
    expect(isBoundTo(user, 'confirmation_token', '15550100000')).toBe(false);
    expect(isBoundTo(user, 'recovery_token', 'old@example.com')).toBe(false);
    expect(isBoundTo(user, 'email_change_token_new', 'b@example.com')).toBe(true);
    expect(isBoundTo(user, 'email_change_token_new', 'a@example.com')).toBe(false);
    expect(isBoundTo(row({ email: null }), 'confirmation_token', '')).toBe(false);
  });

  it('a mail code stands for what it came with', () => {
    expect(effectiveType('email', 'recovery_token')).toBe('magiclink');
    expect(effectiveType('email', 'confirmation_token')).toBe('signup');
    expect(effectiveType('invite', 'confirmation_token')).toBe('invite');
  });
});

describe('what a used token does', () => {
  const rules = { autoconfirm: false, secureEmailChange: true };
  const types: VerificationType[] = [
    'signup',
    'invite',
    'recovery',
    'magiclink',
    'email_change',
    'sms',
    'phone_change',
  ];
  const change = { email_change: 'b@example.com', phone_change: '15550100001', email_change_confirm_status: 0 };

  it('every kind empties the slot it lay in', () => {
    for (const type of types) {
      const [slot] = codeSlots(type);
      expect(effectOf(type, slot, row({ ...change, invited_at: null }), rules, NOW).patch).toHaveProperty(
        slot ?? '',
        '',
      );
    }
  });

  it('only mail confirms an address, only a text message a number', () => {
    const user = row({ ...change, email_confirmed_at: null, email_change_confirm_status: 1, invited_at: null });
    for (const type of types) {
      const { patch } = effectOf(type, codeSlots(type)[0], user, rules, NOW);
      const byPhone = type === 'sms' || type === 'phone_change';
      expect('email_confirmed_at' in patch).toBe(!byPhone);
      expect('phone_confirmed_at' in patch).toBe(byPhone);
    }
  });

  it('a secure e-mail change is half done at first, unless there is no address to ask', () => {
    const first = effectOf('email_change', 'email_change_token_new', row(change), rules, NOW);
    expect(first).toEqual({
      patch: { email_change_confirm_status: 1, email_change_token_new: '' },
      halfOf: 'email_change_token_new',
    });
    const anonymous = effectOf('email_change', 'email_change_token_new', row({ ...change, email: null }), rules, NOW);
    expect(anonymous.patch).toMatchObject({ email: 'b@example.com', is_anonymous: false });
    const alone = effectOf(
      'email_change',
      'email_change_token_new',
      row(change),
      { ...rules, secureEmailChange: false },
      NOW,
    );
    expect(alone.patch).toMatchObject({ email: 'b@example.com', email_change: '' });
  });

  it('an invitation replaces the password once, not of a confirmed account', () => {
    const invited = { invited_at: before(60), email_confirmed_at: null };
    for (const type of ['signup', 'invite', 'recovery', 'magiclink'] as const) {
      expect(effectOf(type, undefined, row(invited), rules, NOW).replacesPassword).toBe(true);
      const confirmed = row({ ...invited, email_confirmed_at: before(30) });
      expect(effectOf(type, undefined, confirmed, rules, NOW).replacesPassword ?? false).toBe(false);
    }
  });
});
