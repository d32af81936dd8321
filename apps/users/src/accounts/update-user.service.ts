import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { EventType } from '@usher/contracts/events/event-types';
import type { RequestContext } from '@usher/contracts/request-context';
import type { FlowToStart } from '@usher/contracts/sign-in';
import type { UserObject } from '@usher/contracts/user-object';
import type { UpdateCurrentUserInput } from '@usher/contracts/users/accounts.contract';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { NotificationQueue } from '../one-time-tokens/queue-notification.js';
import { ReauthenticationNonce } from '../one-time-tokens/reauthentication-nonce.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { StoredPasswords } from '../passwords/stored-passwords.js';
import { userChanged } from './account-events.js';
import { AddressChanges, type PreparedAddresses } from './address-changes.service.js';
import { checkChannel, normalizeEmail, normalizePhone } from './address.js';
import { auditActor } from './audit-actor.js';
import { nthEntry } from './audit-order.js';
import type { CurrentUser } from './current-user.js';
import { CurrentUserService } from './current-user.service.js';
import { linkingDomains } from './linking-domains.js';
import { OwnIdentity } from './own-identity.service.js';
import { checkPkce, flowFor } from './pkce.js';
import type { Provider } from './sign-up.js';
import { isUniqueViolation } from './unique-violation.js';
import {
  checkPermitted,
  isRecoverySession,
  mergeMetadata,
  needsReauthentication,
  WIPED_TOKENS,
  type UserChange,
} from './update-user.js';
import { UsersRepository } from './users.repository.js';

/** What has been prepared before the transaction. */
interface Prepared extends PreparedAddresses {
  passwordHash?: string;
  usedNonce: boolean;
}

/** PUT /user (accounts.md §20.2). */
@Injectable()
export class UpdateUserService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly current: CurrentUserService,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly addresses: AddressChanges,
    private readonly notifications: NotificationQueue,
    private readonly nonce: ReauthenticationNonce,
    private readonly identity: OwnIdentity,
    private readonly passwords: StoredPasswords,
    private readonly policy: PasswordPolicy,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async update(
    input: UpdateCurrentUserInput,
    context: RequestContext,
  ): Promise<{ user: UserObject; flow?: FlowToStart; endOtherSessions: boolean }> {
    const user = await this.current.load(input.bearer);
    const channel = await this.checkForm(input);
    const change = this.changeOf(user, input);
    const { jwt } = this.settings;
    checkPermitted(user, input, change, jwt.adminGroupName, jwt.aud);
    await this.refuseTaken(user, change, context);
    const prepared = await this.prepare(user, input, change, channel, context);
    const after = await this.write(user, input, change, prepared, context).catch((error: unknown) => {
      // Somebody else got the address between our look and our write.
      throw isUniqueViolation(error) ? addressTaken(change.email ? 'email' : 'phone') : error;
    });
    const pendingEmail = change.email && !this.addresses.isDirectEmailChange(user);
    const flow = pendingEmail ? flowFor(input, user.id, 'email_change', 'email_change') : undefined;
    return { user: after, flow, endOtherSessions: change.password !== undefined };
  }

  private async checkForm(input: UpdateCurrentUserInput): Promise<string> {
    if (input.email) normalizeEmail(input.email);
    const { sms, hooks } = this.settings;
    const channel = input.phone
      ? checkChannel(input.channel, { provider: sms.provider, hookEnabled: hooks.sendSms.enabled })
      : 'sms';
    if (input.phone) normalizePhone(input.phone);
    if (input.password !== undefined) await this.policy.enforce(input.password);
    checkPkce(input);
    return channel;
  }

  private changeOf(user: CurrentUser, input: UpdateCurrentUserInput): UserChange {
    const email = input.email ? normalizeEmail(input.email) : undefined;
    const phone = input.phone ? normalizePhone(input.phone) : undefined;
    return {
      email: email === user.email ? undefined : email,
      phone: phone === user.phone ? undefined : phone,
      password: input.password,
    };
  }

  private async refuseTaken(
    user: CurrentUser,
    { email, phone }: UserChange,
    { audience }: RequestContext,
  ): Promise<void> {
    if (email && (await this.users.findDuplicate(audience, email, linkingDomains(this.settings.experimental), user.id)))
      throw addressTaken('email');
    if (!phone) return;
    const owner = await this.users.findByPhone(audience, phone);
    if (owner && owner.id !== user.id) throw addressTaken('phone');
  }

  private async prepare(
    user: CurrentUser,
    input: UpdateCurrentUserInput,
    change: UserChange,
    channel: string,
    context: RequestContext,
  ): Promise<Prepared> {
    const usedNonce = await this.checkPasswordChange(user, input, change);
    const { email, phone } = change;
    const wanted = { email, phone, channel, pkce: Boolean(input.codeChallenge) };
    return {
      usedNonce,
      passwordHash: change.password === undefined ? undefined : await this.passwords.seal(user.id, change.password),
      ...(await this.addresses.prepare(this.shown(user, input), wanted, context)),
    };
  }

  /** The user as mails and messages show it: with the metadata of the same request. */
  private shown(user: CurrentUser, { data, appMetadata }: UpdateCurrentUserInput): UserObject {
    return toUserObject({
      ...user,
      raw_user_meta_data: data ? mergeMetadata(user.raw_user_meta_data, data) : user.raw_user_meta_data,
      raw_app_meta_data: appMetadata ? mergeMetadata(user.raw_app_meta_data, appMetadata) : user.raw_app_meta_data,
    });
  }

  /** Step 8; answers whether a nonce was needed, which is then used up together with the change. */
  private async checkPasswordChange(
    user: CurrentUser,
    input: UpdateCurrentUserInput,
    { password }: UserChange,
  ): Promise<boolean> {
    if (password === undefined) return false;
    const { updatePasswordRequireReauthentication, updatePasswordRequireCurrentPassword } = this.settings.security;
    const reauthenticate = updatePasswordRequireReauthentication && needsReauthentication(user, this.clock.now());
    if (reauthenticate) {
      if (!input.nonce) throw new AuthError('reauthentication_needed', 'Password update requires reauthentication');
      this.nonce.check(user, input.nonce);
    }
    if (!user.encrypted_password) return reauthenticate;
    if (updatePasswordRequireCurrentPassword && !isRecoverySession(user))
      await this.checkCurrentPassword(input.currentPassword, user);
    if (await this.passwords.verify(password, user))
      throw new AuthError('same_password', 'New password should be different from the old password.');
    return reauthenticate;
  }

  private async checkCurrentPassword(given: string | undefined, user: CurrentUser): Promise<void> {
    const message = 'Current password required when setting new password.';
    if (!given) throw new AuthError('current_password_required', message);
    if (!(await this.passwords.verify(given, user))) throw new AuthError('current_password_invalid', message);
  }

  private write(
    user: CurrentUser,
    input: UpdateCurrentUserInput,
    change: UserChange,
    prepared: Prepared,
    context: RequestContext,
  ): Promise<UserObject> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const before = await this.users.lockForUpdate(tx, user.id);
      if (!before) throw new AuthError('user_not_found', 'User from sub claim in JWT does not exist', { status: 403 });
      this.recheck(user, before, prepared);
      const patch: Partial<UserRow> = {};
      const actor = auditActor(before);
      if (prepared.passwordHash !== undefined) {
        Object.assign(patch, WIPED_TOKENS, { encrypted_password: prepared.passwordHash });
        await this.tokens.removeAll(tx, user.id);
        await this.audit.append(tx, now, { actor, action: 'user_updated_password' });
      }
      if (prepared.usedNonce) Object.assign(patch, await this.nonce.consume(tx, user.id));
      if (input.data) patch.raw_user_meta_data = mergeMetadata(before.raw_user_meta_data, input.data);
      if (input.appMetadata) patch.raw_app_meta_data = mergeMetadata(before.raw_app_meta_data, input.appMetadata);
      let after = await this.users.update(tx, user.id, patch, now);
      let { identities } = user;
      for (const [n, decide] of prepared.direct.entries()) {
        const direct = decide(after, now);
        identities = await this.identity.put(tx, { ...user, identities }, direct.identity, context, now);
        await this.audit.append(tx, nthEntry(now, n + 1), { actor: auditActor(after), action: 'user_modified' });
        after = await this.users.update(tx, user.id, direct.patch, now);
      }
      for (const code of prepared.codes) after = await code.store(tx, user.id);
      const last = nthEntry(now, prepared.direct.length + 1);
      await this.audit.append(tx, last, { actor: auditActor(after), action: 'user_modified' });
      const shown = toUserObject({ ...user, ...after, identities, confirmed_at: before.confirmed_at });
      if (prepared.passwordHash !== undefined) await this.notifyOfPassword(tx, shown, context, now);
      const also: EventType[] = change.password === undefined ? [] : ['user.password_changed'];
      await this.outbox.append(
        tx,
        context,
        input.bearer.sessionId,
        ...userChanged(toUserObject({ ...user, ...before }), shown, ...also),
      );
      return shown;
    });
  }

  private notifyOfPassword(tx: Transaction, user: UserObject, context: RequestContext, now: Date): Promise<void> {
    const message = { notification: 'password_changed_notification', user, to: user.email, variables: {} } as const;
    return this.notifications.append(tx, message, context, now);
  }

  /** What the checks relied on may have changed while hashes were computed and mails were sent. */
  private recheck(seen: CurrentUser, now: UserRow, { usedNonce, passwordHash }: Prepared): void {
    if (usedNonce && now.reauthentication_token !== seen.reauthentication_token)
      throw new AuthError('reauthentication_not_valid', 'Nonce has expired or is invalid');
    if (passwordHash !== undefined && now.encrypted_password !== seen.encrypted_password)
      throw new AuthError('conflict', 'The password has just been changed by another request.');
  }
}

function addressTaken(provider: Provider): AuthError {
  const name = provider === 'email' ? 'email address' : 'phone number';
  return new AuthError(`${provider}_exists`, `A user with this ${name} has already been registered`);
}
