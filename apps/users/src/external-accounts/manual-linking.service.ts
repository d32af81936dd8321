import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { LinkedAccount, LinkOrCreateInput } from '@usher/contracts/users/external-accounts.contract';
import type { Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { IdentityRow, UserWithAssociations } from '@usher/database/users/user-row';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { identityEvent } from '../accounts/account-events.js';
import { isBanned } from '../accounts/ban.js';
import { WIPED_TOKENS } from '../accounts/update-user.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { NotificationQueue } from '../one-time-tokens/notification-queue.service.js';
import {
  linkedTraits,
  patched,
  withConfirmedEmail,
  withMetadata,
  withProviders,
  type AccountChanges,
} from './account-changes.js';
import { AccountWriter } from './account-writer.service.js';
import { adoptable, isVerified } from './adopted-email.js';
import { addressTaken, alreadyLinked, banned, linkedUnverified, targetGone } from './external-accounts.errors.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';
import type { Preparation } from './preparation.js';

/** Somebody who is signed in ties an identity to the own account (external-providers.md §8.2). */
@Injectable()
export class ManualLinking {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly identities: ExternalIdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly notifications: NotificationQueue,
    private readonly writer: AccountWriter,
    private readonly clock: Clock,
  ) {}

  async link(
    tx: Transaction,
    input: LinkOrCreateInput,
    targetId: string,
    context: RequestContext,
    preparation: Preparation,
  ): Promise<LinkedAccount> {
    const { identity } = input;
    const now = this.clock.now();
    await this.users.lockForUpdate(tx, targetId);
    const before = await this.users.findById(targetId, tx);
    if (!before) throw targetGone();
    if (isBanned(before, now)) throw banned();
    const known = await this.identities.find(tx, identity);
    if (known) throw alreadyLinked(known.user_id !== targetId);
    const row = await this.identities.insert(tx, targetId, identity, now);
    const changes: AccountChanges = {
      ...{ before, account: { ...before, identities: [...before.identities, row] }, patch: {} },
      ...{ passwordRemoved: false, reclaimed: false, events: [identityEvent('identity.linked', row)] },
      audit: [{ action: 'identity_linked', traits: linkedTraits(row), ip: context.ip }],
    };
    const unproved = before.email ? false : await this.adopt(tx, changes, isVerified(row));
    if (unproved) {
      const mail = preparation.confirmationMail(toUserObject({ ...changes.account, ...patched(changes) }));
      await this.writer.write(tx, changes, input, context, mail, linkedUnverified(identity.provider));
    }
    withProviders(changes);
    const signIn = await this.writer.write(tx, changes, input, context);
    const message = { notification: 'identity_linked_notification', to: signIn.user.email } as const;
    await this.notifications.append(
      tx,
      { ...message, user: signIn.user, variables: { Provider: identity.provider } },
      context,
      now,
    );
    // The answer shows the identities as they were before, as the reference's does; the event has the new one.
    const identities = signIn.user.identities?.filter((one) => one.identity_id !== row.id) ?? null;
    const shown = { ...signIn, user: { ...signIn.user, identities } };
    return { decision: 'linked_by_hand', signIn: shown, endSessions: false };
  }

  /** A user without an address takes one over; true when it has to be proved by mail first. */
  private async adopt(tx: Transaction, changes: AccountChanges, providerVouches: boolean): Promise<boolean> {
    const { account, patch } = changes;
    const adopted = await this.findFree(tx, account);
    if (adopted) {
      await this.tokens.removeAll(tx, account.id);
      Object.assign(patch, WIPED_TOKENS, { email: adopted.email });
      changes.account = { ...account, email: adopted.email };
      if (!isVerified(adopted) && !this.settings.mailer.autoconfirm) {
        patch.email_confirmed_at = null;
        withMetadata(changes, { email_verified: false });
      }
    }
    if (!providerVouches) return true;
    withConfirmedEmail(changes, this.clock.now());
    if (account.is_anonymous) patch.is_anonymous = false;
    return false;
  }

  private async findFree(tx: Transaction, { identities, aud }: UserWithAssociations): Promise<IdentityRow | undefined> {
    // An identity without an address (a telephone) already has the address of a user without one.
    if (identities.some(({ email }) => !email)) return undefined;
    for (const one of adoptable(identities))
      if (!(await this.users.findByEmail(aud ?? '', one.email ?? '', tx))) return one;
    throw addressTaken();
  }
}
