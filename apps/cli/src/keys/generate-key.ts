import { generateKeyPairSync } from 'node:crypto';
import type { Jwk } from '@usher/access-tokens/key-set';
import { v7 as uuidv7 } from 'uuid';

const PAIRS = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

export type KeyAlgorithm = keyof typeof PAIRS;
export const KEY_ALGORITHMS = Object.keys(PAIRS) as KeyAlgorithm[];

/** A new private key as a JWK. */
export function generateKey(alg: KeyAlgorithm): Jwk {
  const jwk = PAIRS[alg]().privateKey.export({ format: 'jwk' });
  return { kid: uuidv7(), alg, use: 'sig', ...jwk };
}

/** The shared secret from before there were keys: its tokens, API keys among them, stay good. */
export function secretKey(secret: string): Jwk {
  const k = Buffer.from(secret, 'utf8').toString('base64url');
  return { kid: 'legacy-secret', alg: 'HS256', kty: 'oct', k, key_ops: ['verify'] };
}
