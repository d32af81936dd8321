import type { NewEvent } from '@usher/contracts/events/event';
import type { IdentityRow } from '@usher/database/users/user-row';
import { identityEvent } from '../accounts/account-events.js';

/** The identities of a user after a change, and which of them are new or other than before. */
export interface ChangedIdentities {
  all: IdentityRow[];
  created: IdentityRow[];
  updated: IdentityRow[];
}

export function unchanged(identities: readonly IdentityRow[]): ChangedIdentities {
  return { all: [...identities], created: [], updated: [] };
}

/** One change after another as a single one. */
export function together(first: ChangedIdentities, second: ChangedIdentities): ChangedIdentities {
  return {
    all: second.all,
    created: [...first.created, ...second.created],
    updated: [...first.updated, ...second.updated],
  };
}

export function identityEvents({ created, updated }: ChangedIdentities): NewEvent[] {
  return [
    ...created.map((row) => identityEvent('identity.linked', row)),
    ...updated.map((row) => identityEvent('identity.updated', row)),
  ];
}
