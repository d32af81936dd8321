import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { VerifiedToken, VerifyTokenInput } from '@usher/contracts/users/one-time-tokens.contract';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { userChanged } from '../accounts/account-events.js';
import { bareNumber } from '../accounts/address.js';
import { auditActor } from '../accounts/audit-actor.js';
import { Attempts } from '../attempts/attempts.service.js';
import { SignInRecorder } from '../accounts/sign-in-recorder.service.js';
import { WIPED_TOKENS } from '../accounts/update-user.js';
import { UsersRepository, type UserPatch } from '../accounts/users.repository.js';
import { identityEvents, together, unchanged, type ChangedIdentities } from '../identities/changed-identities.js';
import { OwnIdentities } from '../identities/own-identities.service.js';
import { providersOf } from '../identities/own-identity.js';
import { StoredPasswords } from '../passwords/stored-passwords.service.js';
import { AddressTaken } from './address-taken.js';
import { ChangeNotices } from './change-notices.service.js';
import { codeExpired, linkExpired } from './one-time-tokens.errors.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { TokenFinder, type FoundToken } from './token-finder.service.js';
import { effectOf, type Effect } from './verification-effect.js';

/** Uses up codes and links (accounts.md §17): one transaction, behind the user's row lock, so that of many attempts at once one succeeds. */
@Injectable()
export class VerificationService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly attempts: Attempts,
    private readonly finder: TokenFinder,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly identities: OwnIdentities,
    private readonly notices: ChangeNotices,
    private readonly signIns: SignInRecorder,
    private readonly passwords: StoredPasswords,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async verify(input: VerifyTokenInput, context: RequestContext): Promise<VerifiedToken> {
    const recipient = input.tokenHash ? '' : input.email || bareNumber(input.phone ?? '');
    return this.attempts.make('code', context.audience, recipient, () => this.use(input, context));
  }

  private async use(input: VerifyTokenInput, context: RequestContext): Promise<VerifiedToken> {
    const found = await this.finder.find(input, context);
    const nobodysPassword = await this.passwordFor(found);
    const expired = input.tokenHash ? linkExpired : codeExpired;
    return AddressTaken.translate(
      this.database.transaction(async (tx) => {
        const before = await this.lockUnused(tx, found);
        if (!before) throw expired();
        const effect = this.effectOf(found, before);
        if (effect.replacesPassword && nobodysPassword) Object.assign(effect.patch, nobodysPassword);
        if (effect.halfOf) return this.acceptHalf(tx, found, before, effect);
        return this.accept(tx, found, before, effect, context);
      }),
    );
  }

  private effectOf({ type, slot }: FoundToken, before: UserWithAssociations): Effect {
    const { autoconfirm, secureEmailChangeEnabled } = this.settings.mailer;
    const rules = { autoconfirm, secureEmailChange: secureEmailChangeEnabled };
    return effectOf(type, slot, before, rules, this.clock.now());
  }

  /** Hashing takes long, so it is done before anything is locked. */
  private async passwordFor({ user }: FoundToken): Promise<UserPatch | undefined> {
    if (!user.invited_at || user.email_confirmed_at) return undefined;
    return {
      ...WIPED_TOKENS,
      encrypted_password: await this.passwords.seal(user.id, randomBytes(48).toString('base64url')),
    };
  }

  /** The user as it is now, if the token has not been used or replaced meanwhile. */
  private async lockUnused(
    tx: Transaction,
    { user, slot, row }: FoundToken,
  ): Promise<UserWithAssociations | undefined> {
    const locked = await this.users.lockForUpdate(tx, user.id);
    if (!locked) return undefined;
    if (row && !(await this.tokens.take(tx, row))) return undefined;
    if (slot && locked[slot] !== user[slot]) return undefined;
    const sameAddresses = locked.email === user.email && locked.phone === user.phone;
    const sameChanges = locked.email_change === user.email_change && locked.phone_change === user.phone_change;
    return sameAddresses && sameChanges ? this.users.findById(user.id, tx) : undefined;
  }

  /** Nothing of the user that can be seen changes, so there is no event. */
  private async acceptHalf(
    tx: Transaction,
    { type }: FoundToken,
    before: UserWithAssociations,
    { patch, halfOf }: Effect,
  ): Promise<VerifiedToken> {
    if (halfOf) await this.tokens.remove(tx, before.id, halfOf);
    await this.users.update(tx, before.id, patch, this.clock.now());
    return { halfDone: true, type };
  }

  private async accept(
    tx: Transaction,
    { type }: FoundToken,
    before: UserWithAssociations,
    effect: Effect,
    context: RequestContext,
  ): Promise<VerifiedToken> {
    const now = this.clock.now();
    await this.tokens.removeAll(tx, before.id);
    if (effect.audit) await this.audit.append(tx, now, { actor: auditActor(before), ...effect.audit });
    const changed = await this.changeIdentities(tx, before, effect, now);
    const patch = { ...effect.patch, raw_app_meta_data: { ...before.raw_app_meta_data, ...providersOf(changed.all) } };
    const user = { ...before, identities: changed.all };
    const record = { method: 'otp', traits: null, patch, context, now };
    const signIn = await this.signIns.record(tx, user, record);
    await this.outbox.append(
      tx,
      context,
      null,
      ...this.events(before, signIn.user, effect),
      ...identityEvents(changed),
    );
    await this.notices.append(tx, before, signIn.user, changed, context, now);
    return { signIn, type };
  }

  private async changeIdentities(
    tx: Transaction,
    user: UserWithAssociations,
    { verifiesIdentities, identity }: Effect,
    now: Date,
  ): Promise<ChangedIdentities> {
    const verified = verifiesIdentities
      ? await this.identities.verify(tx, user.identities, user.email, now)
      : unchanged(user.identities);
    if (!identity) return verified;
    return together(verified, await this.identities.put(tx, user.id, verified.all, [identity], now));
  }

  private events(before: UserWithAssociations, after: UserObject, effect: Effect): NewEvent[] {
    const also = effect.replacesPassword ? (['user.password_changed'] as const) : [];
    return userChanged(toUserObject(before), after, ...also);
  }
}
