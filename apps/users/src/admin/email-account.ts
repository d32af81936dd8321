import type { JsonObject } from '@usher/contracts/user-object';
import type { DraftAccount } from '../accounts/draft-account.js';
import { ownIdentityData } from '../identities/own-identity.js';

export interface EmailAccount {
  /** Ids of the user and of its identity. */
  id: string;
  identityId: string;
  audience: string;
  role: string;
  email: string;
  /** '' for an account that nobody can sign in to with a password. */
  encryptedPassword: string;
  data: JsonObject | null | undefined;
}

/** An account that an administrator's link or invitation makes: what the caller sends as `data` does not reach the identity (accounts.md §22.1). */
export function emailAccount(account: EmailAccount): DraftAccount {
  const { id, identityId, audience, role, email, encryptedPassword, data } = account;
  const identityData = ownIdentityData(id, { provider: 'email', address: email, verified: false });
  return {
    user: {
      ...{ id, aud: audience, role, email, encryptedPassword },
      appMetadata: { provider: 'email', providers: ['email'] },
      userMetadata: data ?? {},
    },
    identity: { id: identityId, provider: 'email', data: identityData },
  };
}
