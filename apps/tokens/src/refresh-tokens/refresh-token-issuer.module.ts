import { Module } from '@nestjs/common';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { RefreshTokenIssuer } from './refresh-token-issuer.js';

/** Keys of refresh tokens are sealed under the session's id where encryption is on (tokens-and-sessions.md §13). */
const cipher = {
  provide: ColumnCipher,
  useFactory: ({ security }: Settings) => new ColumnCipher(security.databaseEncryption),
  inject: [SETTINGS],
};

@Module({ providers: [cipher, RefreshTokenIssuer], exports: [RefreshTokenIssuer] })
export class RefreshTokenIssuerModule {}
