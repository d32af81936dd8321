import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignIn } from '@usher/contracts/sign-in';
import type { VerifyPasswordInput, WeakPassword } from '@usher/contracts/users/accounts.contract';
import { Database } from '@usher/database/database';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { StoredPasswords } from '../passwords/stored-passwords.service.js';
import { Attempts } from '../attempts/attempts.service.js';
import { bareNumber } from './address.js';
import { isBanned } from './ban.js';
import { FailedSignIns } from './failed-sign-ins.service.js';
import { PasswordAttemptHook } from './password-attempt-hook.service.js';
import { SignInRecorder } from './sign-in-recorder.service.js';
import type { Provider } from './sign-up.js';
import { UsersRepository } from './users.repository.js';

interface Checked {
  user: UserWithAssociations;
  weakPassword: WeakPassword | null;
  /** A newer hash to store. */
  upgrade: string | undefined;
}

/** POST /token?grant_type=password up to the session (accounts.md §16.1). */
@Injectable()
export class PasswordGrantService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: StoredPasswords,
    private readonly policy: PasswordPolicy,
    private readonly hook: PasswordAttemptHook,
    private readonly signIns: SignInRecorder,
    private readonly attempts: Attempts,
    private readonly failures: FailedSignIns,
    private readonly clock: Clock,
  ) {}

  async verify(
    input: VerifyPasswordInput,
    context: RequestContext,
  ): Promise<{ signIn: SignIn; weakPassword: WeakPassword | null }> {
    const provider = this.chooseProvider(input);
    const recipient = input.email || bareNumber(input.phone ?? '');
    const checked = await this.attempts.make('password', context.audience, recipient, () =>
      this.check(input, provider, context),
    );
    const { user, weakPassword, upgrade } = checked;
    return { signIn: await this.signIn(user, provider, upgrade, context), weakPassword };
  }

  private async check(input: VerifyPasswordInput, provider: Provider, context: RequestContext): Promise<Checked> {
    const user = await this.find(input, context);
    const right = await this.passwords.verify(input.password, user);
    if (!right && user) this.failures.record(user, 'password', context);
    if (!user?.encrypted_password) throw wrongPassword();
    const banned = isBanned(user, this.clock.now());
    if (!banned) await this.hook.check(user.id, right, context);
    if (!right) throw wrongPassword();
    // Only who knows the password is told of the ban.
    if (banned) throw userBanned();
    this.refuseUnconfirmed(provider, user);
    const [weakPassword, upgrade] = await Promise.all([
      this.policy.advise(input.password),
      this.passwords.upgrade(input.password, user.id, user.encrypted_password),
    ]);
    return { user, weakPassword, upgrade };
  }

  private signIn(
    user: UserWithAssociations,
    provider: string,
    upgrade: string | undefined,
    context: RequestContext,
  ): Promise<SignIn> {
    const now = this.clock.now();
    const patch = upgrade === undefined ? {} : { encrypted_password: upgrade };
    return this.database.transaction(async (tx) => {
      const row = await this.users.lockForUpdate(tx, user.id);
      // Hashing takes long enough for the password to be changed meanwhile, which must not be undone or outlived.
      if (row?.encrypted_password !== user.encrypted_password) throw wrongPassword();
      if (isBanned(row, now)) throw userBanned();
      return this.signIns.record(tx, user, { method: 'password', traits: { provider }, patch, context, now });
    });
  }

  private chooseProvider({ email, phone }: VerifyPasswordInput): Provider {
    const { external } = this.settings;
    if (email && phone)
      throw new AuthError('validation_failed', 'Only an email address or phone number should be provided on login.');
    if (email && !external.email.enabled) throw new AuthError('email_provider_disabled', 'Email logins are disabled');
    if (phone && !external.phone.enabled) throw new AuthError('phone_provider_disabled', 'Phone logins are disabled');
    if (!email && !phone) throw new AuthError('validation_failed', 'missing email or phone');
    return email ? 'email' : 'phone';
  }

  private find(
    { email, phone }: VerifyPasswordInput,
    { audience }: RequestContext,
  ): Promise<UserWithAssociations | undefined> {
    return email ? this.users.findByEmail(audience, email) : this.users.findByPhone(audience, bareNumber(phone ?? ''));
  }

  private refuseUnconfirmed(provider: Provider, user: UserWithAssociations): void {
    if (provider === 'email' && !user.email_confirmed_at)
      throw new AuthError('email_not_confirmed', 'Email not confirmed');
    if (provider === 'phone' && !user.phone_confirmed_at)
      throw new AuthError('phone_not_confirmed', 'Phone not confirmed');
  }
}

function wrongPassword(): AuthError {
  return new AuthError('invalid_credentials', 'Invalid login credentials');
}

function userBanned(): AuthError {
  return new AuthError('user_banned', 'User is banned', { status: 400 });
}
