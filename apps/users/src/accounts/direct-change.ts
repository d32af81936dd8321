import type { UserRow } from '@usher/database/users/user-row';
import type { OwnAddress } from '../identities/own-identity.js';

/** A new address that counts at once, because the settings confirm addresses of that kind by themselves (accounts.md §20.2 step 9). */
export interface DirectChange {
  patch: { [K in keyof UserRow]?: UserRow[K] | Date };
  identity: OwnAddress;
}

export function directEmailChange(user: UserRow, email: string, now: Date): DirectChange {
  return {
    patch: {
      ...{ email, is_anonymous: false, email_confirmed_at: user.email_confirmed_at ?? now },
      ...{
        email_change: '',
        email_change_token_new: '',
        email_change_token_current: '',
        email_change_confirm_status: 0,
      },
      raw_user_meta_data: { ...user.raw_user_meta_data, email_verified: true },
    },
    identity: { provider: 'email', address: email, verified: true },
  };
}

export function directPhoneChange(phone: string, now: Date): DirectChange {
  return {
    patch: { phone, phone_confirmed_at: now, phone_change: '', phone_change_token: '', is_anonymous: false },
    identity: { provider: 'phone', address: phone, verified: true },
  };
}
