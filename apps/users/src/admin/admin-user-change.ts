import type { UserRow } from '@usher/database/users/user-row';
import type { UserPatch } from '../accounts/users.repository.js';
import type { Provider } from '../accounts/sign-up.js';
import type { JsonObject } from '@usher/contracts/user-object';
import { mergeMetadata } from '../accounts/metadata.js';
import { WIPED_TOKENS } from '../accounts/update-user.js';
import type { OwnAddress } from '../identities/own-identity.js';

/** A change that an administrator makes, after normalisation. What is undefined stays. */
export interface AdminUserChange {
  role?: string;
  email?: string;
  phone?: string;
  emailConfirm: boolean;
  phoneConfirm: boolean;
  /** As it is to be stored. */
  encryptedPassword?: string;
  appMetadata?: JsonObject;
  userMetadata?: JsonObject;
  /** null lifts the ban. */
  bannedUntil?: Date | null;
}

/** The columns that change (accounts.md §22.7). A new address counts as confirmed where the former one did. */
export function changedColumns(before: UserRow, change: AdminUserChange, now: Date): UserPatch {
  const patch: UserPatch = {};
  if (change.role) patch.role = change.role;
  if (change.emailConfirm || change.phoneConfirm) patch.confirmation_token = '';
  if (change.emailConfirm) patch.email_confirmed_at = now;
  if (change.phoneConfirm) patch.phone_confirmed_at = now;
  if (change.encryptedPassword !== undefined)
    Object.assign(patch, WIPED_TOKENS, { encrypted_password: change.encryptedPassword });
  if (change.email) patch.email = change.email;
  if (change.phone) patch.phone = change.phone;
  if (before.is_anonymous && newAddresses(change).some(({ verified }) => verified)) patch.is_anonymous = false;
  if (change.appMetadata) patch.raw_app_meta_data = mergeMetadata(before.raw_app_meta_data, change.appMetadata);
  const data = { ...(change.emailConfirm ? { email_verified: true } : {}), ...change.userMetadata };
  if (Object.keys(data).length) patch.raw_user_meta_data = mergeMetadata(before.raw_user_meta_data, data);
  if (change.bannedUntil !== undefined) patch.banned_until = change.bannedUntil;
  return patch;
}

/** Whether codes that were sent before are void now. */
export function voidsCodes({ emailConfirm, phoneConfirm, encryptedPassword }: AdminUserChange): boolean {
  return emailConfirm || phoneConfirm || encryptedPassword !== undefined;
}

export function newAddresses({ email, phone, emailConfirm, phoneConfirm }: AdminUserChange): OwnAddress[] {
  const all: { provider: Provider; address?: string; verified: boolean }[] = [
    { provider: 'email', address: email, verified: emailConfirm },
    { provider: 'phone', address: phone, verified: phoneConfirm },
  ];
  return all.filter((one): one is OwnAddress => Boolean(one.address));
}
