import { describe, expect, it } from '@jest/globals';
import { addressOf, admission } from './admission.js';

const RULES = { autoconfirm: false, allowUnverifiedEmailSignIns: false };
const UNCONFIRMED = { email_confirmed_at: null };
const identity = (email: string, verified: boolean) => ({
  ...{ provider: 'github', subject: 's', claims: {} },
  emails: [{ email, verified, primary: true }],
});

describe('the address that an identity proves', () => {
  it("cannot confirm another's address by verifying one of the own at the provider", () => {
    expect(addressOf({ email: 'victim@example.com' }, identity('attacker@example.com', true)).verified).toBe(false);
  });

  it('is compared without regard to case', () => {
    expect(addressOf({ email: 'ada@example.com' }, identity('Ada@Example.com', true)).verified).toBe(true);
  });
});

describe('admission', () => {
  it('lets in who is confirmed', () => {
    const user = { email_confirmed_at: '2026-01-01T00:00:00Z' };
    expect(admission(user, { email: 'a@example.com', verified: false }, 'github', false, RULES)).toEqual({
      kind: 'let_in',
    });
  });

  it('confirms by a verified address, or where addresses are not confirmed at all', () => {
    const address = { email: 'a@example.com', verified: true };
    expect(admission(UNCONFIRMED, address, 'github', false, RULES)).toEqual({ kind: 'confirm' });
    const unverified = { ...address, verified: false };
    expect(admission(UNCONFIRMED, unverified, 'github', false, { ...RULES, autoconfirm: true }).kind).toBe('confirm');
  });

  it('asks by mail where there is an address, and refuses until then unless the setting says otherwise', () => {
    const address = { email: 'a@example.com', verified: false };
    expect(admission(UNCONFIRMED, address, 'github', false, RULES)).toEqual({ kind: 'ask', mail: true, refuse: true });
    const none = { email: '', verified: false };
    expect(admission(UNCONFIRMED, none, 'github', false, RULES)).toEqual({ kind: 'ask', mail: false, refuse: true });
    const open = { ...RULES, allowUnverifiedEmailSignIns: true };
    expect(admission(UNCONFIRMED, address, 'github', false, open)).toEqual({ kind: 'ask', mail: true, refuse: false });
  });

  it('wallets, and providers that may do without, need no address', () => {
    const none = { email: '', verified: false };
    expect(admission(UNCONFIRMED, none, 'web3', true, RULES)).toEqual({ kind: 'let_in' });
    expect(admission(UNCONFIRMED, none, 'figma', true, RULES)).toEqual({ kind: 'let_in' });
  });
});
