import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@usher/database/database';
import type { IdentityRow, UserRow, UserWithAssociations } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { IdentitiesRepository } from '../accounts/identities.repository.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { ownIdentityData, timeOfNth, type OwnAddress } from './own-identity.js';

/** The identities of a user after a change, and which of them are new or other than before. */
export interface ChangedIdentities {
  all: IdentityRow[];
  created: IdentityRow[];
  updated: IdentityRow[];
}

/** The identities that a user has by an address of his own, as opposed to a provider's. */
@Injectable()
export class OwnIdentities {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly identities: IdentitiesRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Makes the identity of each address, or lets the one there is have it. */
  async put(
    tx: Transaction,
    user: UserWithAssociations,
    addresses: readonly OwnAddress[],
    now: Date,
  ): Promise<ChangedIdentities> {
    const created: IdentityRow[] = [];
    const updated: IdentityRow[] = [];
    for (const one of addresses) {
      const { provider, address, verified } = one;
      const present = user.identities.find((i) => i.provider === provider && i.provider_id === user.id);
      const data = { [provider]: address, [`${provider}_verified`]: verified };
      if (present) updated.push(await this.identities.merge(tx, present.id, data, now));
      else created.push(await this.create(tx, user.id, one, timeOfNth(now, created.length)));
    }
    const present = user.identities.map((old) => updated.find(({ id }) => id === old.id) ?? old);
    return { all: [...present, ...created], created, updated };
  }

  /** Where it is switched on, a first password makes the confirmed address an identity; adds it to `identities`. */
  async putForFirstPassword(
    tx: Transaction,
    user: UserRow,
    identities: ChangedIdentities,
    now: Date,
  ): Promise<UserRow> {
    const { createEmailIdentityOnPasswordSet } = this.settings.experimental;
    const { id, email, email_confirmed_at: confirmed, is_sso_user: sso, is_anonymous: anonymous } = user;
    if (!createEmailIdentityOnPasswordSet || !email || !confirmed || sso || anonymous) return user;
    if (identities.all.some(({ provider }) => provider === 'email')) return user;
    const identity = await this.create(tx, id, { provider: 'email', address: email, verified: true }, now);
    identities.created.push(identity);
    identities.all.push(identity);
    const providers = [...new Set(identities.all.map(({ provider }) => provider))];
    const metadata = { ...user.raw_app_meta_data, provider: providers[0] ?? 'email', providers };
    return this.users.update(tx, id, { raw_app_meta_data: metadata }, now);
  }

  private create(tx: Transaction, userId: string, address: OwnAddress, now: Date): Promise<IdentityRow> {
    const { provider } = address;
    return this.identities.insert(
      tx,
      { userId, provider, providerId: userId, data: ownIdentityData(userId, address) },
      now,
    );
  }
}
