import { Module } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { KEY_CIPHER, noCipher, type KeyCipher } from './key-cipher.js';
import { RefreshTokenIssuer } from './refresh-token-issuer.js';

const cipher = {
  provide: KEY_CIPHER,
  useFactory: ({ refreshTokens, security }: Settings): KeyCipher => {
    // Better no start than keys in clear where somebody relies on their encryption.
    if (security.databaseEncryption.encrypt && refreshTokens.algorithmVersion === 2)
      throw new Error('GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPT: refresh token keys cannot be encrypted yet');
    return noCipher;
  },
  inject: [SETTINGS],
};

@Module({ providers: [cipher, RefreshTokenIssuer], exports: [RefreshTokenIssuer] })
export class RefreshTokenIssuerModule {}
