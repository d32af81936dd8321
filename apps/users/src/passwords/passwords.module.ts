import { Module } from '@nestjs/common';
import { PasswordHasher } from './password-hasher.service.js';
import { PasswordPolicy } from './password-policy.service.js';
import { PwnedPasswords } from './pwned-passwords.client.js';
import { StoredPasswords } from './stored-passwords.service.js';

@Module({
  providers: [PasswordHasher, PasswordPolicy, PwnedPasswords, StoredPasswords],
  exports: [PasswordHasher, PasswordPolicy, StoredPasswords],
})
export class PasswordsModule {}
