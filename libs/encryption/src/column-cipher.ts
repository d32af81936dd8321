import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ALGORITHM, NONCE_BYTES, parseEncryptedValue, TAG_BYTES, type EncryptedValue } from './encrypted-value.js';

export interface EncryptionSettings {
  encrypt: boolean;
  encryptionKeyId: string;
  /** 32 bytes in base64url, as are those of `decryptionKeys`, by id. */
  encryptionKey: string;
  decryptionKeys: Readonly<Record<string, string>>;
}

/**
 * Encrypts single columns, in the reference's format: AES-256-GCM under a key that HKDF-SHA-256 derives from the master key and the row's id, so that
 * a value moved to another row does not open.
 */
export class ColumnCipher {
  constructor(
    private readonly settings: EncryptionSettings,
    private readonly random: (bytes: number) => Buffer = randomBytes,
  ) {}

  /** The plaintext, whether stored in clear or encrypted. Throws when the key is missing or the value was tampered with. */
  open(rowId: string, stored: string): string {
    const value = parseEncryptedValue(stored);
    if (!value) return stored;
    const { key_id: keyId, data, nonce } = value;
    const master = Object.hasOwn(this.settings.decryptionKeys, keyId) ? this.settings.decryptionKeys[keyId] : undefined;
    if (!master) throw new Error(`decryption key ${JSON.stringify(keyId)} does not exist`);
    const bytes = Buffer.from(data, 'base64');
    const cut = Math.max(bytes.length - TAG_BYTES, 0);
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv('aes-256-gcm', rowKey(master, rowId), Buffer.from(nonce, 'base64'), options);
    decipher.setAuthTag(bytes.subarray(cut));
    return Buffer.concat([decipher.update(bytes.subarray(0, cut)), decipher.final()]).toString();
  }

  /** What to store: the plaintext itself while encryption is off. */
  seal(rowId: string, plaintext: string): string {
    const { encrypt, encryptionKey, encryptionKeyId } = this.settings;
    if (!encrypt) return plaintext;
    const nonce = this.random(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', rowKey(encryptionKey, rowId), nonce);
    const data = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    const value: EncryptedValue = {
      key_id: encryptionKeyId,
      alg: ALGORITHM,
      data: data.toString('base64'),
      nonce: nonce.toString('base64'),
    };
    return JSON.stringify(value);
  }

  /** Whether it should be sealed again: stored in clear although encryption is on, or under an older key. */
  isStale(stored: string): boolean {
    const { encrypt, encryptionKeyId } = this.settings;
    return encrypt && parseEncryptedValue(stored)?.key_id !== encryptionKeyId;
  }
}

function rowKey(master: string, rowId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(master, 'base64url'), '', rowId.toLowerCase(), 32));
}
