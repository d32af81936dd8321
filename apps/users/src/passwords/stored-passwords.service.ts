import { Inject, Injectable } from '@nestjs/common';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { PasswordHasher } from './password-hasher.service.js';

/** Passwords as `users.encrypted_password` holds them: hashed, and where the settings ask for it encrypted for the user's row. */
@Injectable()
export class StoredPasswords {
  private readonly cipher: ColumnCipher;

  constructor(
    @Inject(SETTINGS) { security }: Settings,
    private readonly hasher: PasswordHasher,
  ) {
    this.cipher = new ColumnCipher(security.databaseEncryption);
  }

  /** Whether it is the user's password. Takes as long when there is no user or no password. */
  async verify(
    password: string,
    user: { id: string; encrypted_password: string | null } | undefined,
  ): Promise<boolean> {
    if (user?.encrypted_password)
      return this.hasher.verify(password, this.cipher.open(user.id, user.encrypted_password));
    await this.hasher.pretendToVerify(password);
    return false;
  }

  /** What to store of a new password. */
  async seal(userId: string, password: string): Promise<string> {
    return this.cipher.seal(userId, await this.hasher.hash(password));
  }

  /** What to store instead of a value that the password was just verified against, undefined where that is as it should be. */
  async upgrade(password: string, userId: string, stored: string): Promise<string | undefined> {
    const outdated = this.cipher.isStale(stored) || this.hasher.isOutdated(this.cipher.open(userId, stored));
    return outdated ? this.seal(userId, password) : undefined;
  }
}
