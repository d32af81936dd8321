import type { JsonObject } from '@usher/contracts/user-object';
import type { IdentityRow } from '@usher/database/users/user-row';
import type { Provider } from '../accounts/sign-up.js';

/** An address of an account's own, as opposed to a provider's, and whether it counts as verified in the identity. */
export interface OwnAddress {
  provider: Provider;
  address: string;
  verified: boolean;
}

/** Identity data of an address that did not come from a sign-up: nothing but who and where (accounts.md §13.2). */
export function ownIdentityData(userId: string, { provider, address, verified }: OwnAddress): JsonObject {
  return {
    sub: userId,
    [provider]: address,
    email_verified: provider === 'email' && verified,
    phone_verified: provider === 'phone' && verified,
  };
}

/** What of an identity that is there already changes with its address. */
export function changedIdentityData({ provider, address, verified }: OwnAddress): JsonObject {
  return { [provider]: address, [`${provider}_verified`]: verified };
}

/** The identity that stands for the account's own address of that kind: its subject is the user. */
export function isOwn({ provider, provider_id, user_id }: IdentityRow, kind: Provider): boolean {
  return provider === kind && provider_id === user_id;
}

/** `provider` and `providers` of the app metadata, in order of the identities' creation (accounts.md §13.1). */
export function providersOf(identities: readonly IdentityRow[]): JsonObject {
  const providers = [...new Set(identities.map(({ provider }) => provider))];
  return providers[0] ? { provider: providers[0], providers } : { providers };
}

/** The time of the nth identity made at once: identities are shown in order of creation, so no two may have the same. */
export function timeOfNth(now: Date, n: number): Date {
  return new Date(now.getTime() + n);
}
