import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { Transaction } from '@usher/database/database';
import type { IdentityRow, UserWithAssociations } from '@usher/database/users/user-row';
import { Outbox } from '@usher/messaging/outbox';
import { identityEvent } from './account-events.js';
import type { DirectChange } from './direct-change.js';
import { IdentitiesRepository } from './identities.repository.js';

/** The identity that stands for an account's own address. */
@Injectable()
export class OwnIdentity {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Makes it, or lays the data over what it holds. Answers all identities as they are then. */
  async put(
    tx: Transaction,
    user: UserWithAssociations,
    { provider, data }: DirectChange['identity'],
    context: RequestContext,
    now: Date,
  ): Promise<IdentityRow[]> {
    const own = user.identities.find((row) => row.provider === provider && row.provider_id === user.id);
    const row = own
      ? await this.identities.merge(tx, own.id, data, now)
      : await this.identities.insert(tx, { userId: user.id, providerId: user.id, provider, data }, now);
    await this.outbox.append(tx, context, null, identityEvent(own ? 'identity.updated' : 'identity.linked', row));
    return own ? user.identities.map((other) => (other.id === row.id ? row : other)) : [...user.identities, row];
  }
}
