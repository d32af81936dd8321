import type { NewEvent } from '@usher/contracts/events/event';
import type { JsonObject } from '@usher/contracts/user-object';
import type { IdentityRow, UserRow, UserWithAssociations } from '@usher/database/users/user-row';
import type { AuditEntry } from '@usher/messaging/audit-log';
import type { UserPatch } from '../accounts/users.repository.js';

/** An account in the course of a sign-in: what is written so far, and what is to be written at the end, all in one transaction. */
export interface AccountChanges {
  /** As it was; undefined for a new account. */
  before?: UserWithAssociations;
  account: UserWithAssociations;
  patch: UserPatch;
  audit: Omit<AuditEntry, 'actor'>[];
  events: NewEvent[];
  /** The password went with whatever else others had tied to the account. */
  passwordRemoved: boolean;
  /** Everything that others may have tied to the account has been removed, so their sessions must end as well. */
  reclaimed: boolean;
}

/** Lays metadata over the account's; null removes. */
export function withMetadata({ account, patch }: AccountChanges, data: JsonObject): void {
  const current = (patch.raw_user_meta_data as JsonObject | undefined) ?? account.raw_user_meta_data ?? {};
  const merged = { ...current, ...data };
  patch.raw_user_meta_data = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** `provider` and `providers` follow the identities, in order of their creation (§6). */
export function withProviders({ account, patch }: AccountChanges): void {
  const providers = [...new Set(account.identities.map(({ provider }) => provider))];
  const metadata: JsonObject = { ...account.raw_app_meta_data, providers };
  if (providers[0]) metadata.provider = providers[0];
  patch.raw_app_meta_data = metadata;
}

/** The address is proved: by the provider's word, or by an invitation to it. */
export function withConfirmedEmail(changes: AccountChanges, now: Date): void {
  changes.patch.email_confirmed_at = now;
  changes.patch.confirmation_token = '';
  withMetadata(changes, { email_verified: true });
}

export function linkedTraits({ id, provider, provider_id }: IdentityRow): JsonObject {
  return { identity_id: id, provider, provider_id };
}

/** The row with the patch laid over, for what has to be known before it is written. */
export function patched({ account, patch }: AccountChanges): UserRow {
  return { ...account, ...(patch as Partial<UserRow>) };
}
