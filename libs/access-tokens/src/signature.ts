import { createHmac, sign, timingSafeEqual, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';
import type { Algorithm } from './key-set.js';

const HASHES: Record<Algorithm, string | null> = {
  HS256: 'sha256',
  RS256: 'sha256',
  RS512: 'sha512',
  ES256: 'sha256',
  ES512: 'sha512',
  EdDSA: null,
};

const parameters = (alg: Algorithm, key: KeyObject): VerifyKeyObjectInput =>
  // RFC 7518 §3.4: r and s one after the other, not DER.
  alg.startsWith('ES') ? { key, dsaEncoding: 'ieee-p1363' } : { key };

/** RFC 7515 §5.1, synchronous on purpose: the thread pool may be busy hashing passwords (docs/adr/0005). */
export function signBytes(alg: Algorithm, key: KeyObject, input: string): string {
  if (alg === 'HS256') return createHmac('sha256', key).update(input).digest('base64url');
  return sign(HASHES[alg], Buffer.from(input), parameters(alg, key)).toString('base64url');
}

export function verifyBytes(alg: Algorithm, key: KeyObject, input: string, signature: Buffer): boolean {
  if (alg !== 'HS256') return verify(HASHES[alg], Buffer.from(input), parameters(alg, key), signature);
  const expected = createHmac('sha256', key).update(input).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}
