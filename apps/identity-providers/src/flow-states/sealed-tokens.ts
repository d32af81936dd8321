import { createHash } from 'node:crypto';
import { ColumnCipher } from '@usher/encryption/column-cipher';

/**
 * A provider's tokens wait in the flow for the client's code. They are sealed under that very code, of which the row has a digest only: whoever reads the
 * database, or a backup of it, has neither.
 */
export function codeDigest(code: string): string {
  return createHash('sha256').update(`code\0${code}`).digest('base64url');
}

export function sealToken(code: string, flowId: string, token: string): string {
  return token ? cipherOf(code).seal(flowId, token) : '';
}

export function openToken(code: string, flowId: string, stored: string | null): string | undefined {
  return stored ? cipherOf(code).open(flowId, stored) : undefined;
}

function cipherOf(code: string): ColumnCipher {
  const key = createHash('sha256').update(`key\0${code}`).digest('base64url');
  return new ColumnCipher({
    encrypt: true,
    encryptionKeyId: 'code',
    encryptionKey: key,
    decryptionKeys: { code: key },
  });
}
