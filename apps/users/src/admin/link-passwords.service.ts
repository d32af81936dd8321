import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { UserRow } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { generatePassword } from '../one-time-tokens/generated-password.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { refuseTooLong } from '../passwords/password-strength.js';
import { StoredPasswords } from '../passwords/stored-passwords.service.js';

/** Passwords of accounts that a sign-up link is made for, as they are to be stored. */
@Injectable()
export class LinkPasswords {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly stored: StoredPasswords,
    private readonly policy: PasswordPolicy,
  ) {}

  /** Of a new account: the given one, which must be good enough. */
  async chosen(userId: string, password: string | undefined): Promise<string> {
    if (!password) throw new AuthError('validation_failed', 'Signup requires a valid password');
    await this.policy.enforce(password);
    return this.stored.seal(userId, password);
  }

  /** Of a new account that is made without one: nobody knows it. */
  unknown(userId: string): Promise<string> {
    const { requiredCharacters, minLength } = this.settings.password;
    return this.stored.seal(userId, generatePassword(requiredCharacters, minLength, randomInt));
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
}
