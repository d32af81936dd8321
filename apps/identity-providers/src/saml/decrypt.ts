import { constants, createDecipheriv, privateDecrypt, type KeyObject } from 'node:crypto';
import type { Element } from '@xmldom/xmldom';
import { attribute, child, descendants, is, NS, textOf } from '../xml/elements.js';
import { BrokenRule } from './saml.errors.js';

const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const CIPHERS: Readonly<Record<string, { name: string; keyBytes: number; ivBytes: number; gcm: boolean }>> = {
  [`${NS.encryption}aes128-cbc`]: { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16, gcm: false },
  [`${NS.encryption}aes192-cbc`]: { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16, gcm: false },
  [`${NS.encryption}aes256-cbc`]: { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16, gcm: false },
  [`${XENC11}aes128-gcm`]: { name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12, gcm: true },
  [`${XENC11}aes192-gcm`]: { name: 'aes-192-gcm', keyBytes: 24, ivBytes: 12, gcm: true },
  [`${XENC11}aes256-gcm`]: { name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12, gcm: true },
};
const OAEP_HASHES: Readonly<Record<string, string>> = {
  [`${NS.signature}sha1`]: 'sha1',
  [`${NS.encryption}sha256`]: 'sha256',
  [`${NS.encryption}sha512`]: 'sha512',
};
const OAEP = new Set([`${NS.encryption}rsa-oaep-mgf1p`, `${XENC11}rsa-oaep`]);
const TAG_BYTES = 16;

/**
 * The XML inside an `EncryptedAssertion` (XML Encryption 1.1). RSA with PKCS#1 v1.5 padding is not taken: it is an oracle by itself. Whatever goes wrong
 * is told as one and the same, so that padding is no oracle either; and what comes out is trusted by its signature alone.
 */
export function decryptAssertion(encrypted: Element, key: KeyObject): string {
  const data = child(encrypted, NS.encryption, 'EncryptedData');
  const cipher = CIPHERS[methodOf(data)];
  if (!data || !cipher) throw new BrokenRule('an encryption that is not supported');
  const content = cipherValue(data);
  try {
    const secret = unwrapKey(encrypted, key);
    if (secret.length !== cipher.keyBytes) throw new BrokenRule('a key of another length');
    const iv = content.subarray(0, cipher.ivBytes);
    if (cipher.gcm) return decryptGcm(cipher.name, secret, iv, content.subarray(cipher.ivBytes));
    const decipher = createDecipheriv(cipher.name, secret, iv).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(content.subarray(cipher.ivBytes)), decipher.final()]);
    return padded.subarray(0, padded.length - (padded.at(-1) ?? 0)).toString('utf8');
  } catch (cause) {
    throw new BrokenRule('cannot be decrypted', { cause });
  }
}

function decryptGcm(name: string, secret: Buffer, iv: Buffer, sealed: Buffer): string {
  const decipher = createDecipheriv(name as 'aes-128-gcm', secret, iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** The key may stand inside of the data or beside them. */
function unwrapKey(encrypted: Element, key: KeyObject): Buffer {
  const keys = [...descendants(encrypted)].filter((e) => is(e, NS.encryption, 'EncryptedKey'));
  if (keys.length !== 1 || !OAEP.has(methodOf(keys[0]))) throw new BrokenRule('a key transport that is not supported');
  const digest = [...descendants(keys[0]!)].find((e) => is(e, NS.signature, 'DigestMethod'));
  const oaepHash = digest ? OAEP_HASHES[attribute(digest, 'Algorithm') ?? ''] : 'sha1';
  if (!oaepHash) throw new BrokenRule('a key transport that is not supported');
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, cipherValue(keys[0]!));
}

function methodOf(of: Element | undefined): string {
  const method = of && child(of, NS.encryption, 'EncryptionMethod');
  return (method && attribute(method, 'Algorithm')) ?? '';
}

function cipherValue(of: Element): Buffer {
  const data = child(of, NS.encryption, 'CipherData');
  return Buffer.from(textOf(data && child(data, NS.encryption, 'CipherValue')), 'base64');
}
