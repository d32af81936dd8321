import type { IdentityRow, UserRow } from '@usher/database/users/user-row';
import { mergeMetadata } from '../accounts/metadata.js';
import { WIPED_TOKENS } from '../accounts/update-user.js';
import type { UserPatch } from '../accounts/users.repository.js';
import { adoptable, isVerified } from '../external-accounts/adopted-email.js';

/** Whether an identity that stays has the account's address, so that nothing has to take its place. */
export function keepsEmail({ email }: UserRow, remaining: readonly IdentityRow[]): boolean {
  return remaining.some((identity) => (identity.email ?? '') === (email ?? ''));
}

/** In which order the addresses of the remaining identities may become the account's, none at last (external-providers.md §9.2). */
export function inOrderOfPromotion(remaining: readonly IdentityRow[]): IdentityRow[] {
  return [...adoptable(remaining), ...remaining.filter(({ email }) => !email)];
}

/** The account with that identity's address. What was sent to the former one proves nothing any more. */
export function promotedColumns(user: UserRow, identity: IdentityRow, autoconfirm: boolean): UserPatch {
  const pending = { email_change: '', email_change_confirm_status: 0, phone_change: '' };
  const patch: UserPatch = { ...WIPED_TOKENS, ...pending, email: identity.email || null };
  if (identity.email && (isVerified(identity) || autoconfirm)) return patch;
  const metadata = mergeMetadata(user.raw_user_meta_data, { email_verified: false });
  return { ...patch, email_confirmed_at: null, raw_user_meta_data: metadata };
}
