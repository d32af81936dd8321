import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { EventType } from '@usher/contracts/events/event-types';
import type { RequestContext } from '@usher/contracts/request-context';
import type { FlowToStart } from '@usher/contracts/sign-in';
import type { UserObject } from '@usher/contracts/user-object';
import type { UpdateCurrentUserInput } from '@usher/contracts/users/accounts.contract';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import type { PreparedCode } from '../one-time-tokens/code-sender.js';
import { CodeSender } from '../one-time-tokens/code-sender.js';
import { EmailChangeSender } from '../one-time-tokens/email-change-sender.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { ReauthenticationNonce } from '../one-time-tokens/reauthentication-nonce.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { StoredPasswords } from '../passwords/stored-passwords.js';
import { userChanged } from './account-events.js';
import { checkChannel, normalizeEmail, normalizePhone } from './address.js';
import { auditActor } from './audit-actor.js';
import type { CurrentUser } from './current-user.js';
import { CurrentUserService } from './current-user.service.js';
import { linkingDomains } from './linking-domains.js';
import { checkPkce, flowFor } from './pkce.js';
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
interface Prepared {
  passwordHash?: string;
  usedNonce: boolean;
  email?: PreparedCode;
  phone?: PreparedCode;
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
    private readonly codes: CodeSender,
    private readonly emailChanges: EmailChangeSender,
    private readonly nonce: ReauthenticationNonce,
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
    const after = await this.write(user, input, change, prepared, context);
    const flow = change.email ? flowFor(input, user.id, 'email_change', 'email_change') : undefined;
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
      throw new AuthError('email_exists', 'A user with this email address has already been registered');
    if (!phone) return;
    const owner = await this.users.findByPhone(audience, phone);
    if (owner && owner.id !== user.id)
      throw new AuthError('phone_exists', 'A user with this phone number has already been registered');
  }

  private async prepare(
    user: CurrentUser,
    input: UpdateCurrentUserInput,
    change: UserChange,
    channel: string,
    context: RequestContext,
  ): Promise<Prepared> {
    const usedNonce = await this.checkPasswordChange(user, input, change);
    const shown = toUserObject(user);
    return {
      usedNonce,
      passwordHash: change.password === undefined ? undefined : await this.passwords.seal(user.id, change.password),
      email: change.email
        ? await this.emailChanges.prepare(shown, change.email, Boolean(input.codeChallenge), context)
        : undefined,
      phone: change.phone
        ? await this.codes.prepareSms('phone_change', shown, change.phone, channel, context)
        : undefined,
    };
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
      if (prepared.email) after = await prepared.email.store(tx, user.id);
      if (prepared.phone) after = await prepared.phone.store(tx, user.id);
      await this.audit.append(tx, now, { actor: auditActor(after), action: 'user_modified' });
      const shown = toUserObject({ ...user, ...after });
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
}
