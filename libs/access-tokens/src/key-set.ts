import { createPrivateKey, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** Signing algorithms of RFC 7518 and RFC 8037 that a key may name. */
export const ALGORITHMS = ['HS256', 'RS256', 'RS512', 'ES256', 'ES512', 'EdDSA'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface Jwk extends JsonWebKey {
  kid?: string;
  alg?: string;
  use?: string;
  key_ops?: string[];
}

/** A key in the form that `node:crypto` takes without parsing it again. */
export interface Key {
  kid: string;
  alg: Algorithm;
  /** Secret key, or the public half. */
  verify: KeyObject;
  /** Only the signing key has it. */
  sign?: KeyObject;
  /** The public half as published; null for secrets. */
  publicJwk: Jwk | null;
}

export interface KeySet {
  /** null where tokens are only verified. */
  signing: Key | null;
  keys: readonly Key[];
  byKid: ReadonlyMap<string, Key>;
  /** `GOTRUE_JWT_SECRET`: the key of HS256 tokens whose `kid` names no other; null when such tokens are refused. */
  secret: Key | null;
  /** Accepted `alg` values. */
  algorithms: ReadonlySet<string>;
}

export interface KeySetOptions {
  secret: string;
  keyId: string;
  /** `GOTRUE_JWT_KEYS`, empty when not set. */
  jwks: readonly Jwk[];
  /** `GOTRUE_JWT_VALID_METHODS`; empty = those of all keys. */
  validMethods: readonly string[];
  /** Beside keys the secret is worth nothing. */
  keysOnly?: boolean;
  /** No key needs to sign: public halves will do. */
  verifyOnly?: boolean;
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;

/** The configured keys (tokens-and-sessions.md §2). Throws when a key is unusable; exactly one key must be able to sign. */
export function buildKeySet(options: KeySetOptions): KeySet {
  const secret = secretKey(options.secret, options.keyId);
  const keys = options.jwks.length ? options.jwks.map(toKey) : [secret];
  const signing = keys.filter((key) => key.sign);
  if (signing.length !== 1 && !options.verifyOnly)
    throw new Error(
      signing.length ? 'multiple signing keys detected, only 1 signing key is supported' : 'no signing key detected',
    );
  return {
    signing: signing[0] ?? null,
    keys,
    byKid: new Map(keys.map((key) => [key.kid, key])),
    secret: options.keysOnly && options.jwks.length ? null : secret,
    algorithms: new Set(options.validMethods.length ? options.validMethods : keys.map((key) => key.alg)),
  };
}

function secretKey(secret: string, kid: string): Key {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  return { kid, alg: 'HS256', verify: key, sign: key, publicJwk: null };
}

/** RFC 7518 §3.1, RFC 8037 §3.1: the kind of key that an algorithm takes. One key serves one algorithm, so that none can be used as another. */
const KEY_KINDS: Record<Algorithm, string> = {
  HS256: 'oct',
  RS256: 'RSA',
  RS512: 'RSA',
  ES256: 'EC P-256',
  ES512: 'EC P-521',
  EdDSA: 'OKP Ed25519',
};

function algorithmOf(jwk: Jwk): Algorithm {
  const name = jwk.kid ? `key "${jwk.kid}"` : 'a key without kid';
  if ('aws:kms:arn' in jwk) throw new Error(`GOTRUE_JWT_KEYS: ${name} is kept in AWS KMS, which is not supported`);
  const kind = jwk.crv ? `${jwk.kty} ${jwk.crv}` : jwk.kty;
  const alg = ALGORITHMS.find((candidate) => candidate === (jwk.alg ?? (jwk.kty === 'oct' ? 'HS256' : undefined)));
  if (!alg) throw new Error(`GOTRUE_JWT_KEYS: ${name} needs an "alg" among ${ALGORITHMS.join(', ')}`);
  if (KEY_KINDS[alg] !== kind) throw new Error(`GOTRUE_JWT_KEYS: ${name} is ${kind}, ${alg} takes ${KEY_KINDS[alg]}`);
  return alg;
}

function toKey(jwk: Jwk): Key {
  const alg = algorithmOf(jwk);
  const kid = jwk.kid ?? '';
  const maySign = jwk.key_ops?.includes('sign') ?? false;
  if (jwk.kty === 'oct') {
    const key = createSecretKey(Buffer.from(String(jwk.k), 'base64url'));
    return { kid, alg, verify: key, sign: maySign ? key : undefined, publicJwk: null };
  }
  const publicJwk: Jwk = { ...jwk, use: 'sig', key_ops: ['verify'] };
  for (const member of PRIVATE_MEMBERS) delete publicJwk[member];
  return {
    kid,
    alg,
    verify: createPublicKey({ key: publicJwk, format: 'jwk' }),
    sign: maySign ? createPrivateKey({ key: jwk, format: 'jwk' }) : undefined,
    publicJwk,
  };
}
