/** The text form of an encrypted value, in the reference's order of members (tokens-and-sessions.md §13). */
export interface EncryptedValue {
  key_id: string;
  alg: typeof ALGORITHM;
  /** Base64 of the ciphertext and its 16-byte tag. */
  data: string;
  /** Base64 of 12 bytes. */
  nonce: string;
}

export const ALGORITHM = 'aes-gcm-hkdf';
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** Null for anything that is not exactly of this form: then it was stored in clear. */
export function parseEncryptedValue(stored: string): EncryptedValue | null {
  if (!stored.startsWith('{')) return null;
  const value = parseJson(stored);
  return isEncryptedValue(value) ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isEncryptedValue(value: unknown): value is EncryptedValue {
  if (typeof value !== 'object' || value === null) return false;
  const { key_id, alg, data, nonce } = value as Record<string, unknown>;
  return (
    alg === ALGORITHM &&
    typeof key_id === 'string' &&
    key_id !== '' &&
    typeof data === 'string' &&
    data !== '' &&
    typeof nonce === 'string' &&
    Buffer.from(nonce, 'base64').length === NONCE_BYTES
  );
}
