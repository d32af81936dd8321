import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { erased, erasedColumns } from './deleted-user.js';
import { userRow } from './user-row.fixture.js';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('a softly deleted user', () => {
  const row = userRow({
    ...{ email: 'ada@example.com', phone: '15551234567', encrypted_password: 'hash' },
    ...{ recovery_token: 'token', raw_user_meta_data: { name: 'Ada' }, raw_app_meta_data: { plan: 'gold' } },
  });
  const patch = erasedColumns(row, NOW);

  it('has hashes for addresses, empty ones too', () => {
    const hash = (value: string) => createHash('sha256').update(`${row.id}${value}`).digest('base64url');
    expect(patch).toMatchObject({ email: hash('ada@example.com'), email_change: hash('') });
    expect(patch).toMatchObject({ phone: hash('15551234567').slice(0, 15), phone_change: hash('').slice(0, 15) });
  });

  it('keeps nothing personal, no password and no code', () => {
    expect(patch).toMatchObject({ encrypted_password: null, raw_user_meta_data: {}, raw_app_meta_data: {} });
    expect(JSON.stringify({ ...row, ...patch })).not.toMatch(/ada|Ada|1555|gold|"hash"|"token"/);
  });

  it('is not the same as another with the same address', () => {
    expect(erased('a', 'x')).not.toBe(erased('b', 'x'));
  });
});
