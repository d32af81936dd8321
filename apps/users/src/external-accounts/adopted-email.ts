import type { IdentityRow } from '@usher/database/users/user-row';

/** Identities in the order in which a user without an address takes one over: verified addresses, then others, the oldest first (§9.2). */
export function adoptable(identities: readonly IdentityRow[]): IdentityRow[] {
  return identities
    .filter(({ email }) => Boolean(email))
    .sort(
      (a, b) => rank(a) - rank(b) || Date.parse(a.created_at ?? '') - Date.parse(b.created_at ?? '') || order(a, b),
    );
}

export function isVerified({ identity_data: data }: IdentityRow): boolean {
  return data.email_verified === true;
}

const rank = (identity: IdentityRow): number => (isVerified(identity) ? 0 : 1);

const order = (a: IdentityRow, b: IdentityRow): number => (a.id < b.id ? -1 : 1);
