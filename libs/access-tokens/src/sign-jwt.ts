import type { KeySet } from './key-set.js';
import { signBytes } from './signature.js';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A compact JWS of the claims under the signing key (RFC 7515 §3.1); `kid` only where the key has one. */
export function signJwt(keys: KeySet, claims: object): string {
  const { alg, kid, sign } = keys.signing ?? {};
  if (!alg || !sign) throw new Error('there is no key that signs');
  const input = `${encode({ alg, ...(kid ? { kid } : {}), typ: 'JWT' })}.${encode(claims)}`;
  return `${input}.${signBytes(alg, sign, input)}`;
}
