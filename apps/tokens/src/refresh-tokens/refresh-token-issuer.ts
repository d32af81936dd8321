import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { formatV1, V1_RANDOM_BYTES } from './refresh-token-v1.js';
import { formatV2 } from './refresh-token-v2.js';

const KEY_BYTES = 32;
const PREFIX_LENGTH = 5;

/** Headers of the response tell which token went out, without the token. */
export type IssuedRefreshToken = { token: string; headers: Record<string, string> } & (
  | { version: 1 }
  /** `key` as it is stored with the session. */
  | { version: 2; key: string; counter: bigint }
);

@Injectable()
export class RefreshTokenIssuer {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly cipher: ColumnCipher,
  ) {}

  /** The first token of a session, in the version that new sessions get. */
  first(sessionId: string): IssuedRefreshToken {
    return this.settings.refreshTokens.algorithmVersion === 2 ? this.firstV2(sessionId) : this.nextV1();
  }

  nextV1(): IssuedRefreshToken & { version: 1 } {
    return this.issuedV1(formatV1(randomBytes(V1_RANDOM_BYTES)));
  }

  issuedV1(token: string): IssuedRefreshToken & { version: 1 } {
    return { version: 1, token, headers: { 'sb-auth-refresh-token-prefix': token.slice(0, PREFIX_LENGTH) } };
  }

  firstV2(sessionId: string): IssuedRefreshToken & { version: 2 } {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    return this.issuedV2(sessionId, this.cipher.seal(sessionId, key), 0n);
  }

  /** The token of a counter under the session's key, which is stored anew when its encryption is out of date. */
  issuedV2(sessionId: string, storedKey: string, counter: bigint): IssuedRefreshToken & { version: 2 } {
    const key = this.cipher.isStale(storedKey)
      ? this.cipher.seal(sessionId, this.cipher.open(sessionId, storedKey))
      : storedKey;
    const token = formatV2(sessionId, counter, this.keyBytes(sessionId, storedKey));
    return { version: 2, token, key, counter, headers: { 'sb-auth-refresh-token-counter': String(counter) } };
  }

  keyBytes(sessionId: string, storedKey: string): Buffer {
    return Buffer.from(this.cipher.open(sessionId, storedKey), 'base64url');
  }
}
