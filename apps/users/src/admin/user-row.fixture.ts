import type { UserRow } from '@usher/database/users/user-row';

const EMPTY: UserRow = {
  ...{ instance_id: '00000000-0000-0000-0000-000000000000', id: '6ba7b810-9dad-41d1-80b4-00c04fd430c8' },
  ...{ aud: 'authenticated', role: 'authenticated', email: null, phone: null, encrypted_password: '' },
  ...{ email_confirmed_at: null, phone_confirmed_at: null, confirmed_at: null, invited_at: null },
  ...{ confirmation_token: '', confirmation_sent_at: null, recovery_token: '', recovery_sent_at: null },
  ...{ email_change: '', email_change_token_new: '', email_change_token_current: '', email_change_sent_at: null },
  ...{ email_change_confirm_status: 0, phone_change: '', phone_change_token: '', phone_change_sent_at: null },
  ...{ reauthentication_token: '', reauthentication_sent_at: null, last_sign_in_at: null, banned_until: null },
  ...{ raw_app_meta_data: {}, raw_user_meta_data: {}, is_super_admin: null, is_sso_user: false, is_anonymous: false },
  ...{ created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', deleted_at: null },
};

/** A row of `auth.users`, as a creation leaves it. */
export function userRow(columns: Partial<UserRow> = {}): UserRow {
  return { ...EMPTY, ...columns };
}
