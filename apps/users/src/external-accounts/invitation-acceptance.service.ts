import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { LinkedAccount, LinkOrCreateInput } from '@usher/contracts/users/external-accounts.contract';
import type { Transaction } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { identityEvent } from '../accounts/account-events.js';
import { isBanned } from '../accounts/ban.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import type { AccountChanges } from './account-changes.js';
import { AccountWriter } from './account-writer.service.js';
import { alreadyLinked, banned, otherInvited, unknownInvitation, unknownToken } from './external-accounts.errors.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';
import { ReclaimedAccounts } from './reclaimed-account.service.js';

/** Somebody invited comes by a provider instead of opening the mail's link (external-providers.md §7). */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly identities: ExternalIdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly reclaimed: ReclaimedAccounts,
    private readonly writer: AccountWriter,
    private readonly clock: Clock,
  ) {}

  async check({ tokenHash }: { tokenHash: string }): Promise<Record<string, never>> {
    if (!(await this.tokens.findByHash(tokenHash, ['confirmation_token']))) throw unknownToken();
    return {};
  }

  async accept(
    tx: Transaction,
    input: LinkOrCreateInput,
    tokenHash: string,
    context: RequestContext,
  ): Promise<LinkedAccount> {
    const { identity } = input;
    const now = this.clock.now();
    const token = await this.tokens.findByHash(tokenHash, ['confirmation_token']);
    const locked = token && (await this.users.lockForUpdate(tx, token.user_id));
    // Of two who come with one invitation the second finds it used up.
    if (!token || !locked || !(await this.tokens.take(tx, token))) throw unknownInvitation();
    const before = await this.users.findById(token.user_id, tx);
    if (!before) throw unknownInvitation();
    if (isBanned(before, now)) throw banned();
    if (!identity.emails.some(({ email }) => email.toLowerCase() === before.email)) throw otherInvited();
    const known = await this.identities.find(tx, identity);
    if (known) throw alreadyLinked(known.user_id !== before.id);
    const row = await this.identities.insert(tx, before.id, identity, now);
    const changes: AccountChanges = {
      ...{ before, account: { ...before, identities: [...before.identities, row] }, patch: {} },
      ...{ passwordRemoved: false, reclaimed: false, events: [identityEvent('identity.linked', row)] },
      audit: [{ action: 'invite_accepted', traits: { provider: identity.provider } }],
    };
    await this.reclaimed.removeOthers(tx, changes, row);
    await this.reclaimed.confirm(tx, changes, now);
    const signIn = await this.writer.write(tx, changes, input, context);
    return { decision: 'invite_accepted', signIn, endSessions: true };
  }
}
