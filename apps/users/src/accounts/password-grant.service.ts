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
import { PasswordHasher } from '../passwords/password-hasher.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { bareNumber } from './address.js';
import { isBanned } from './ban.js';
import { SignInRecorder } from './sign-in-recorder.service.js';
import { UsersRepository } from './users.repository.js';

const WRONG = 'Invalid login credentials';

/** POST /token?grant_type=password up to the session (accounts.md §16.1). */
@Injectable()
export class PasswordGrantService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly signIns: SignInRecorder,
    private readonly clock: Clock,
  ) {}

  async verify(input: VerifyPasswordInput, context: RequestContext): Promise<{ signIn: SignIn; weakPassword: WeakPassword | null }> {
    const provider = this.chooseProvider(input);
    const user = await this.find(input, context);
    if (!user?.encrypted_password) {
      await this.hasher.pretendToVerify(input.password);
      throw new AuthError('invalid_credentials', WRONG);
    }
    if (isBanned(user, this.clock.now())) throw new AuthError('user_banned', 'User is banned', { status: 400 });
    const right = await this.hasher.verify(input.password, user.encrypted_password);
    if (!right) throw new AuthError('invalid_credentials', WRONG);
    this.refuseUnconfirmed(provider, user);
    const [weakPassword, upgrade] = await Promise.all([this.policy.advise(input.password), this.upgradedHash(user, input.password)]);
    const now = this.clock.now();
    const signIn = await this.database.transaction((tx) =>
      this.signIns.record(tx, user, { method: 'password', traits: { provider }, patch: upgrade, context, now }),
    );
    return { signIn, weakPassword };
  }

  private chooseProvider({ email, phone }: VerifyPasswordInput): 'email' | 'phone' {
    const { external } = this.settings;
    if (email && phone)
      throw new AuthError('validation_failed', 'Only an email address or phone number should be provided on login.');
    if (email && !external.email.enabled) throw new AuthError('email_provider_disabled', 'Email logins are disabled');
    if (phone && !external.phone.enabled) throw new AuthError('phone_provider_disabled', 'Phone logins are disabled');
    if (!email && !phone) throw new AuthError('validation_failed', 'missing email or phone');
    return email ? 'email' : 'phone';
  }

  private find({ email, phone }: VerifyPasswordInput, { audience }: RequestContext): Promise<UserWithAssociations | undefined> {
    return email ? this.users.findByEmail(audience, email) : this.users.findByPhone(audience, bareNumber(phone ?? ''));
  }

  private refuseUnconfirmed(provider: 'email' | 'phone', user: UserWithAssociations): void {
    if (provider === 'email' && !user.email_confirmed_at) throw new AuthError('email_not_confirmed', 'Email not confirmed');
    if (provider === 'phone' && !user.phone_confirmed_at) throw new AuthError('phone_not_confirmed', 'Phone not confirmed');
  }

  /** Now is the only time at which the password is known: a hash of the former kind is replaced. */
  private async upgradedHash(user: UserWithAssociations, password: string): Promise<{ encrypted_password?: string }> {
    if (!this.hasher.isOutdated(user.encrypted_password ?? '')) return {};
    return { encrypted_password: await this.hasher.hash(password) };
  }
}
