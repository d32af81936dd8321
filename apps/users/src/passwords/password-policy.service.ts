import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { WeakPassword } from '@usher/contracts/users/accounts.contract';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { describeWeaknesses, findWeaknesses, refuseTooLong, type StrengthRules } from './password-strength.js';
import { PwnedPasswords } from './pwned-passwords.client.js';

/** What makes a password acceptable here (accounts.md §9.3). */
@Injectable()
export class PasswordPolicy {
  private readonly rules: StrengthRules;

  constructor(
    @Inject(SETTINGS) { password }: Settings,
    private readonly pwned: PwnedPasswords,
  ) {
    this.rules = { minLength: password.minLength, requiredCharacters: password.requiredCharacters };
  }

  /** Throws `weak_password` with its reasons, or `validation_failed` for more than 72 bytes. */
  async enforce(password: string): Promise<void> {
    refuseTooLong(password);
    const weaknesses = findWeaknesses(password, this.rules, await this.pwned.includes(password));
    if (weaknesses.length)
      throw new AuthError('weak_password', describeWeaknesses(weaknesses, this.rules), { reasons: weaknesses });
  }

  /** The same as advice, for a password that is already in use; a service that does not answer counts as no advice. */
  async advise(password: string): Promise<WeakPassword | null> {
    const pwned = await this.pwned.includes(password).catch(() => false);
    const weaknesses = findWeaknesses(password, this.rules, pwned);
    return weaknesses.length ? { message: describeWeaknesses(weaknesses, this.rules), reasons: weaknesses } : null;
  }
}
