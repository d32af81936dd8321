import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignIn } from '@usher/contracts/sign-in';
import type { LinkOrCreateInput } from '@usher/contracts/users/external-accounts.contract';
import { CommittedError, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { userChanged, userCreated, userNews } from '../accounts/account-events.js';
import { auditActor } from '../accounts/audit-actor.js';
import { nthEntry } from '../accounts/audit-order.js';
import { UsersRepository } from '../accounts/users.repository.js';
import type { PreparedCode } from '../one-time-tokens/code-sender.service.js';
import type { AccountChanges } from './account-changes.js';

/** Writes an account's changes at the end of a transaction: one update, the audit entries, the events. */
@Injectable()
export class AccountWriter {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** `refusal` fails the request although what was written stays. */
  async write(
    tx: Transaction,
    changes: AccountChanges,
    input: LinkOrCreateInput,
    context: RequestContext,
    mail?: PreparedCode,
    refusal?: AuthError,
  ): Promise<SignIn> {
    const now = this.clock.now();
    const { id } = changes.account;
    const signsIn = input.opensSession && !refusal;
    if (signsIn) changes.patch.last_sign_in_at = now;
    let row = Object.keys(changes.patch).length
      ? await this.users.update(tx, id, changes.patch, now)
      : await this.users.lockForUpdate(tx, id);
    if (mail) row = await mail.store(tx, id);
    if (!row) throw new Error(`user ${id} is gone`);
    const account = { ...changes.account, ...row };
    const actor = auditActor(row);
    for (const [n, entry] of changes.audit.entries())
      await this.audit.append(tx, nthEntry(now, n), { actor, ...entry });
    await this.appendEvents(tx, changes, account, context, signsIn ? input.method : undefined);
    if (refusal) throw new CommittedError(refusal);
    const { method, sessionNotAfter: notAfter } = input;
    const user = toUserObject(account);
    // As the reference shows it in the request that confirms: not yet read back.
    if (changes.patch.email_confirmed_at) user.confirmed_at = undefined;
    return { user, method, isSsoUser: row.is_sso_user, notAfter };
  }

  private async appendEvents(
    tx: Transaction,
    { before, events, passwordRemoved }: AccountChanges,
    account: UserWithAssociations,
    context: RequestContext,
    signInMethod: string | undefined,
  ): Promise<void> {
    const user = toUserObject(account);
    const also = passwordRemoved ? (['user.password_changed'] as const) : [];
    const main = before ? userChanged(toUserObject(before), user, ...also) : [userCreated(user)];
    const signIn =
      signInMethod && this.settings.usher.events.signIns
        ? [userNews('sign_in.succeeded', user, { method: signInMethod })]
        : [];
    await this.outbox.append(tx, context, null, ...main, ...events, ...signIn);
  }
}
