import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { UserRow } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { generatePassword } from '../one-time-tokens/generated-password.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { refuseTooLong } from '../passwords/password-strength.js';
import { StoredPasswords } from '../passwords/stored-passwords.js';
import type { LinkType } from './action-link.js';

/** Passwords of accounts that a sign-up link is made for, as they are to be stored. */
@Injectable()
export class LinkPasswords {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly stored: StoredPasswords,
    private readonly policy: PasswordPolicy,
  ) {}

  /** Of a new account: the given one, which must be good enough; after a magic link for nobody one that nobody knows. */
  async first(userId: string, asked: LinkType, password: string | undefined): Promise<string> {
    if (asked === 'magiclink') return this.stored.seal(userId, this.unknown());
    if (!password) throw new AuthError('validation_failed', 'Signup requires a valid password');
    await this.policy.enforce(password);
    return this.stored.seal(userId, password);
  }

  /**
   * Of an account that is not confirmed: whoever signed the address up before its owner may know the password, so the administrator's takes its place
   * (the reference keeps the former). Undefined leaves the account of a confirmed phone as it is.
   */
  async replacing(user: UserRow, password: string | undefined): Promise<string | undefined> {
    if (user.phone_confirmed_at) return undefined;
    if (!password) return '';
    refuseTooLong(password);
    return this.stored.seal(user.id, password);
  }

  private unknown(): string {
    const { requiredCharacters, minLength } = this.settings.password;
    return generatePassword(requiredCharacters, minLength, randomInt);
  }
}
