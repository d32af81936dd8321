import { Module } from '@nestjs/common';
import { PasswordHasher } from './password-hasher.js';
import { PasswordPolicy } from './password-policy.service.js';
import { PwnedPasswords } from './pwned-passwords.client.js';

@Module({ providers: [PasswordHasher, PasswordPolicy, PwnedPasswords], exports: [PasswordHasher, PasswordPolicy] })
export class PasswordsModule {}
