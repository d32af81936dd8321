import type { JsonObject } from '@usher/contracts/user-object';
import type { Provider } from '../accounts/sign-up.js';

/** An address that an administrator gives to a user, and whether it counts as verified in the identity. */
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

/** The time of the nth identity made at once: identities are shown in order of creation, so no two may have the same. */
export function timeOfNth(now: Date, n: number): Date {
  return new Date(now.getTime() + n);
}
