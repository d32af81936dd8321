import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import type { IdentityRow, UserRow } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { unchanged, type ChangedIdentities } from './changed-identities.js';
import { IdentitiesRepository } from './identities.repository.js';
import { changedIdentityData, isOwn, ownIdentityData, timeOfNth, type OwnAddress } from './own-identity.js';

/** Writes the identities that a user has by an address of his own, as opposed to a provider's. The events are the caller's. */
@Injectable()
export class OwnIdentities {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly identities: IdentitiesRepository,
  ) {}

  /** Makes the identity of each address, or lets the one there is have it. */
  async put(
    tx: Transaction,
    userId: string,
    present: readonly IdentityRow[],
    addresses: readonly OwnAddress[],
    now: Date,
  ): Promise<ChangedIdentities> {
    const changed = unchanged(present);
    for (const one of addresses) {
      const own = changed.all.find((row) => isOwn(row, one.provider));
      if (own) await this.merge(tx, changed, own, changedIdentityData(one), now);
      else await this.create(tx, changed, userId, one, now);
    }
    return changed;
  }

  /** Marks every identity with that address as verified (accounts.md §17.5). */
  async verify(
    tx: Transaction,
    present: readonly IdentityRow[],
    email: string | null,
    now: Date,
  ): Promise<ChangedIdentities> {
    const changed = unchanged(present);
    const same = email ? present.filter((row) => row.email === email) : [];
    for (const row of same) await this.merge(tx, changed, row, { email_verified: true }, now);
    return changed;
  }

  /** Where it is switched on, a first password makes the confirmed address an identity (accounts.md §20.2 step 9). */
  async putForFirstPassword(
    tx: Transaction,
    user: UserRow,
    present: readonly IdentityRow[],
    now: Date,
  ): Promise<ChangedIdentities> {
    const { createEmailIdentityOnPasswordSet } = this.settings.experimental;
    const { id, email, email_confirmed_at: confirmed, is_sso_user: sso, is_anonymous: anonymous } = user;
    const changed = unchanged(present);
    if (!createEmailIdentityOnPasswordSet || !email || !confirmed || sso || anonymous) return changed;
    if (present.some(({ provider }) => provider === 'email')) return changed;
    await this.create(tx, changed, id, { provider: 'email', address: email, verified: true }, now);
    return changed;
  }

  private async merge(
    tx: Transaction,
    changed: ChangedIdentities,
    { id }: IdentityRow,
    data: JsonObject,
    now: Date,
  ): Promise<void> {
    const row = await this.identities.merge(tx, id, data, now);
    changed.all = changed.all.map((other) => (other.id === id ? row : other));
    changed.updated.push(row);
  }

  private async create(
    tx: Transaction,
    changed: ChangedIdentities,
    userId: string,
    address: OwnAddress,
    now: Date,
  ): Promise<void> {
    const identity = {
      userId,
      provider: address.provider,
      providerId: userId,
      data: ownIdentityData(userId, address),
    };
    const row = await this.identities.insert(tx, identity, timeOfNth(now, changed.created.length));
    changed.all.push(row);
    changed.created.push(row);
  }
}
