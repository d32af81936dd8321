import { describe, expect, it } from '@jest/globals';
import { changedColumns, newAddresses, voidsCodes, type AdminUserChange } from './admin-user-change.js';
import { userRow } from './user-row.fixture.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const change = (values: Partial<AdminUserChange>): AdminUserChange => ({
  ...{ emailConfirm: false, phoneConfirm: false },
  ...values,
});
const columns = (values: Partial<AdminUserChange>, row = userRow()) => changedColumns(row, change(values), NOW);

describe('a change by an administrator', () => {
  it('of nothing changes nothing', () => {
    expect(columns({ role: '', email: undefined })).toEqual({});
  });

  it('confirms the address and says so in the metadata', () => {
    expect(columns({ emailConfirm: true, userMetadata: { name: 'Ada' } })).toEqual({
      ...{ confirmation_token: '', email_confirmed_at: NOW },
      raw_user_meta_data: { email_verified: true, name: 'Ada' },
    });
  });

  it('keeps the confirmation of a former address', () => {
    expect(columns({ email: 'new@example.com' }, userRow({ email_confirmed_at: '2025-01-01T00:00:00Z' }))).toEqual({
      email: 'new@example.com',
    });
  });

  it('of the password voids every code that was sent', () => {
    const patch = columns({ encryptedPassword: 'hash' });
    expect(patch).toMatchObject({ encrypted_password: 'hash', recovery_token: '', email_change_token_new: '' });
    expect(voidsCodes(change({ encryptedPassword: 'hash' }))).toBe(true);
    expect(voidsCodes(change({ email: 'new@example.com' }))).toBe(false);
  });

  it('makes a visitor permanent only by a confirmed address', () => {
    const visitor = userRow({ is_anonymous: true });
    expect(columns({ email: 'a@example.com', emailConfirm: true }, visitor)).toMatchObject({ is_anonymous: false });
    expect(columns({ email: 'a@example.com', phoneConfirm: true }, visitor)).not.toHaveProperty('is_anonymous');
    expect(columns({ emailConfirm: true }, visitor)).not.toHaveProperty('is_anonymous');
  });

  it('merges metadata, null removes', () => {
    const row = userRow({ raw_app_meta_data: { plan: 'free', old: 1 } });
    expect(columns({ appMetadata: { plan: 'gold', old: null } }, row)).toEqual({ raw_app_meta_data: { plan: 'gold' } });
  });

  it('lifts a ban, sets one, or leaves it', () => {
    expect(columns({ bannedUntil: null })).toEqual({ banned_until: null });
    expect(columns({ bannedUntil: NOW })).toEqual({ banned_until: NOW });
    expect(columns({ bannedUntil: undefined })).toEqual({});
  });

  it('names each address with its own confirmation', () => {
    expect(newAddresses(change({ email: 'a@example.com', phone: '15551234567', phoneConfirm: true }))).toEqual([
      { provider: 'email', address: 'a@example.com', verified: false },
      { provider: 'phone', address: '15551234567', verified: true },
    ]);
  });
});
