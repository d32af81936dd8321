import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { FlowToStart } from '@usher/contracts/sign-in';
import type { UserObject } from '@usher/contracts/user-object';
import type { UpdateCurrentUserInput } from '@usher/contracts/users/accounts.contract';
import { toUserObject } from '@usher/database/users/user-object';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Attempts } from '../attempts/attempts.service.js';
import { ReauthenticationNonce } from '../one-time-tokens/reauthentication-nonce.service.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { StoredPasswords } from '../passwords/stored-passwords.service.js';
import { AddressChanges } from './address-changes.service.js';
import { checkChannel, normalizeEmail, normalizePhone } from './address.js';
import type { CurrentUser } from './current-user.js';
import { CurrentUserService } from './current-user.service.js';
import { linkingDomains } from './linking-domains.js';
import { mergeMetadata } from './metadata.js';
import { checkPkce, flowFor } from './pkce.js';
import type { Provider } from './sign-up.js';
import { isUniqueViolation } from './unique-violation.js';
import { checkPermitted, isRecoverySession, needsReauthentication, type UserChange } from './update-user.js';
import { UserChangeWriter, type PreparedChange } from './user-change-writer.service.js';
import { UsersRepository } from './users.repository.js';

/** PUT /user (accounts.md §20.2). */
@Injectable()
export class UpdateUserService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly current: CurrentUserService,
    private readonly users: UsersRepository,
    private readonly changes: UserChangeWriter,
    private readonly addresses: AddressChanges,
    private readonly nonce: ReauthenticationNonce,
    private readonly attempts: Attempts,
    private readonly passwords: StoredPasswords,
    private readonly policy: PasswordPolicy,
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
    const after = await this.changes.write(user, prepared, context).catch((error: unknown) => {
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
  ): Promise<PreparedChange> {
    const usedNonce = await this.checkPasswordChange(user, input, change);
    const { email, phone } = change;
    const wanted = { email, phone, channel, pkce: Boolean(input.codeChallenge) };
    return {
      ...{ usedNonce, sessionId: input.bearer.sessionId, data: input.data, appMetadata: input.appMetadata },
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
      const { nonce } = input;
      await this.attempts.make('nonce', '', user.id, async () => this.nonce.check(user, nonce));
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
}

function addressTaken(provider: Provider): AuthError {
  const name = provider === 'email' ? 'email address' : 'phone number';
  return new AuthError(`${provider}_exists`, `A user with this ${name} has already been registered`);
}
