import { describe, expect, it } from '@jest/globals';
import { ColumnCipher } from './column-cipher.js';

const ROW = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const MASTER = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64url');
const OLD = Buffer.alloc(32, 7).toString('base64url');
const VECTOR = '{"key_id":"k1","alg":"aes-gcm-hkdf","data":"wwcgpez3HMJP2mXcebufkyq72wQB","nonce":"AAAAAAAAAAAAAAAA"}';

const on = { encrypt: true, encryptionKeyId: 'k1', encryptionKey: MASTER, decryptionKeys: { k1: MASTER, k0: OLD } };
const off = { ...on, encrypt: false };

describe('ColumnCipher', () => {
  it('writes the reference format to the byte', () => {
    expect(new ColumnCipher(on, (n) => Buffer.alloc(n)).seal(ROW, 'hello')).toBe(VECTOR);
  });

  it('opens the reference format, also while writing is off', () => {
    expect(new ColumnCipher(on).open(ROW, VECTOR)).toBe('hello');
    expect(new ColumnCipher(off).open(ROW, VECTOR)).toBe('hello');
  });

  it('never uses a nonce twice', () => {
    const cipher = new ColumnCipher(on);
    expect(cipher.seal(ROW, 'hello')).not.toBe(cipher.seal(ROW, 'hello'));
  });

  it('passes clear values through', () => {
    const cipher = new ColumnCipher(on);
    for (const clear of ['', '$2a$10$abc', '{', '{}', '{"key_id":"k1"}', VECTOR.replace('aes-gcm-hkdf', 'aes')])
      expect(cipher.open(ROW, clear)).toBe(clear);
    expect(new ColumnCipher(off).seal(ROW, 'hello')).toBe('hello');
  });

  it('does not open a value moved to another row', () => {
    expect(() => new ColumnCipher(on).open('6ba7b810-9dad-41d1-80b4-00c04fd430c9', VECTOR)).toThrow();
  });

  it('does not open what was tampered with or cut', () => {
    const cipher = new ColumnCipher(on);
    expect(() => cipher.open(ROW, VECTOR.replace('wwcg', 'xwcg'))).toThrow();
    expect(() => cipher.open(ROW, VECTOR.replace('wwcgpez3HMJP2mXcebufkyq72wQB', 'wwcg'))).toThrow();
  });

  it('names a key that it does not have', () => {
    expect(() => new ColumnCipher(on).open(ROW, VECTOR.replace('k1', 'constructor'))).toThrow(
      'decryption key "constructor" does not exist',
    );
  });

  it('finds values that should be sealed again', () => {
    const older = new ColumnCipher({ ...on, encryptionKeyId: 'k0', encryptionKey: OLD }).seal(ROW, 'hello');
    const cipher = new ColumnCipher(on);
    expect([VECTOR, older, 'hello'].map((stored) => cipher.isStale(stored))).toEqual([false, true, true]);
    expect(cipher.open(ROW, older)).toBe('hello');
    expect(new ColumnCipher(off).isStale('hello')).toBe(false);
  });
});
