import { describe, expect, it } from '@jest/globals';
import { lowered, type KnownFactor } from './second-factors.js';

const totp: KnownFactor = { id: 'totp', type: 'totp' };
const other: KnownFactor = { id: 'other', type: 'totp' };
const key: KnownFactor = { id: 'key', type: 'webauthn' };

describe('a session after a factor was removed', () => {
  it('falls to aal1 when it was the only one', () => {
    const session = { factorId: 'totp', methods: ['password', 'totp'] };
    expect(lowered(session, totp, [])).toEqual({ dropped: ['totp'], aal: 'aal1', factorId: null });
  });

  it('stays at aal2 by another factor that it has shown', () => {
    const session = { factorId: 'key', methods: ['password', 'totp', 'mfa/webauthn'] };
    const kept = { dropped: ['mfa/webauthn'], aal: 'aal2', factorId: 'totp' };
    expect(lowered(session, key, [totp])).toEqual(kept);
    expect(lowered(session, totp, [key])).toEqual({ dropped: ['totp'], aal: 'aal2', factorId: 'key' });
  });

  it('keeps nothing that the removed one may have made', () => {
    const session = { factorId: 'key', methods: ['totp', 'mfa/webauthn'] };
    expect(lowered(session, totp, [key, other])).toEqual({ dropped: ['totp'], aal: 'aal2', factorId: 'key' });
  });

  it('is left alone when its last factor is another one of the type', () => {
    expect(lowered({ factorId: 'other', methods: ['totp'] }, totp, [other])).toBeUndefined();
  });

  it('is left alone when it never showed a factor', () => {
    expect(lowered({ factorId: null, methods: ['password'] }, totp, [key])).toBeUndefined();
  });

  it('that came by a recovery code lasts as long as there is a factor to recover', () => {
    const session = { factorId: null, methods: ['password', 'mfa/recovery_code'] };
    expect(lowered(session, totp, [key])).toBeUndefined();
    expect(lowered(session, totp, [])).toEqual({ dropped: ['mfa/recovery_code'], aal: 'aal1', factorId: null });
  });

  it('drops what no remaining factor can prove', () => {
    const session = { factorId: 'totp', methods: ['totp', 'mfa/phone'] };
    expect(lowered(session, totp, [key])).toEqual({ dropped: ['totp', 'mfa/phone'], aal: 'aal1', factorId: null });
  });
});
