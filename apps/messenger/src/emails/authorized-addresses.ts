import { AuthError } from '@usher/contracts/errors';

const withoutTag = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@');

/** Refuses recipients outside the list, where there is one (accounts.md §9.1). */
export function checkAuthorized(address: string, authorized: readonly string[]): void {
  if (!authorized.length || authorized.some((allowed) => allowed.trim().toLowerCase() === withoutTag(address))) return;
  throw new AuthError(
    'email_address_not_authorized',
    `Email address "${address}" cannot be used as it is not authorized`,
  );
}
