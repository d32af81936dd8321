import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { Transaction } from '@usher/database/database';
import { toFactorObject } from '@usher/database/users/user-object';
import type { IdentityRow } from '@usher/database/users/user-row';
import { identityEvent } from '../accounts/account-events.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { WIPED_TOKENS } from '../accounts/update-user.js';
import { withConfirmedEmail, withMetadata, withProviders, type AccountChanges } from './account-changes.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';

/**
 * Whoever made an account with an address that is not his waits for its owner to come (pre-hijacking: arXiv 2205.10174). So whatever is tied to an
 * account whose address was never confirmed goes when an identity of its owner arrives: password, other identities, and with the proof of the address
 * also factors, passkeys, pending codes and sessions.
 */
@Injectable()
export class ReclaimedAccounts {
  constructor(
    private readonly identities: ExternalIdentitiesRepository,
    private readonly tokens: OneTimeTokensRepository,
  ) {}

  /** Leaves the account with this identity alone. */
  async removeOthers(tx: Transaction, changes: AccountChanges, identity: IdentityRow): Promise<void> {
    const { account, patch, events } = changes;
    const removed = await this.identities.removeOthers(tx, account.id, identity.id);
    events.push(...removed.map((row) => identityEvent('identity.unlinked', row)));
    changes.passwordRemoved = Boolean(account.encrypted_password);
    changes.reclaimed = removed.length > 0 || Boolean(account.encrypted_password);
    changes.account = { ...account, identities: [identity] };
    patch.encrypted_password = null;
    patch.raw_user_meta_data = {};
    withMetadata(changes, identity.identity_data);
    withProviders(changes);
  }

  /** The address is proved: nothing that was sent or set up before may stay. */
  async confirm(tx: Transaction, changes: AccountChanges, now: Date): Promise<void> {
    const { account } = changes;
    const factors = changes.before ? await this.identities.removeFactors(tx, account.id) : [];
    const passkeys = changes.before ? await this.identities.removePasskeys(tx, account.id) : [];
    await this.tokens.removeAll(tx, account.id);
    if (changes.before) Object.assign(changes.patch, WIPED_TOKENS);
    withConfirmedEmail(changes, now);
    changes.account = { ...account, factors: [] };
    changes.events.push(
      ...factors.map((row): NewEvent => removal('factor.removed', account.id, toFactorObject(row))),
      ...passkeys.map((row): NewEvent => removal('passkey.removed', account.id, row)),
    );
  }
}

function removal(type: 'factor.removed' | 'passkey.removed', subject: string, record: object): NewEvent {
  return { type, subject, record, context: { reason: 'account_reclaimed' } };
}
