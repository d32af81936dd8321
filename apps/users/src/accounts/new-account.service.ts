import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { IdentityRow, UserRow, UserWithAssociations } from '@usher/database/users/user-row';
import { Outbox } from '@usher/messaging/outbox';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { identityEvent, userCreated } from './account-events.js';
import { IdentitiesRepository } from '../identities/identities.repository.js';
import type { DraftAccount } from './draft-account.js';
import { withoutNulls } from './metadata.js';
import { UsersRepository } from './users.repository.js';

/** Stores new accounts: the row, its identity and `user.created`, in the caller's transaction. */
@Injectable()
export class NewAccounts {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly identities: IdentitiesRepository,
    private readonly outbox: Outbox,
  ) {}

  /** The role that new users get. */
  get defaultRole(): string {
    return this.settings.jwt.defaultGroupName;
  }

  newId(): string {
    return randomUUID();
  }

  /** `change` runs between the insert and the event, so that the event shows the account as it is at commit. */
  async insert(
    tx: Transaction,
    draft: DraftAccount,
    context: RequestContext,
    now: Date,
    change?: (tx: Transaction, id: string) => Promise<UserRow>,
  ): Promise<UserWithAssociations> {
    const { user, identity } = draft;
    const inserted = await this.users.insert(tx, user, now);
    const identities: IdentityRow[] = [];
    if (identity) {
      const row = await this.identities.insert(tx, { userId: user.id, providerId: user.id, ...identity }, now);
      identities.push({ ...row, identity_data: withoutNulls(row.identity_data) });
    }
    const row = change ? await change(tx, user.id) : inserted;
    const account = { ...row, identities, factors: [] };
    await this.outbox.append(
      tx,
      context,
      null,
      userCreated(toUserObject(account)),
      ...identities.map((i) => identityEvent('identity.linked', i)),
    );
    return account;
  }
}
