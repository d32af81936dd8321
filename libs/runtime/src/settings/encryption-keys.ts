import type { Reporter } from './schema.js';
import type { TextMap } from './parse.js';

export interface DatabaseEncryption {
  readonly encrypt: boolean;
  readonly encryptionKeyId: string;
  readonly encryptionKey: string;
  readonly decryptionKeys: TextMap;
}

const PREFIX = 'GOTRUE_SECURITY_DB_ENCRYPTION';

/** Decryption keys are checked even when encryption is off: data written before may still need them. */
export function checkDatabaseEncryption(encryption: DatabaseEncryption, report: Reporter): void {
  if (encryption.encrypt) checkEncryptionKey(encryption, report);
  for (const [id, key] of Object.entries(encryption.decryptionKeys)) {
    if (is256Bits(key)) continue;
    report.problem(`${PREFIX}_DECRYPTION_KEYS`, `key ${JSON.stringify(id)} must be 256 bits in unpadded base64url`);
  }
}

function checkEncryptionKey(encryption: DatabaseEncryption, report: Reporter): void {
  if (encryption.encryptionKeyId === '') {
    report.problem(`${PREFIX}_ENCRYPTION_KEY_ID`, 'encryption key ID must be specified');
  }
  if (!is256Bits(encryption.encryptionKey)) {
    report.problem(`${PREFIX}_ENCRYPTION_KEY`, 'must be 256 bits in unpadded base64url');
  }
  if (!encryption.decryptionKeys[encryption.encryptionKeyId]) {
    report.problem(`${PREFIX}_DECRYPTION_KEYS`, 'encryption key must also be present in decryption keys');
  }
}

function is256Bits(key: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(key);
}
