import { z } from 'zod';

const text = z.string().min(1);
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** RFC 7517 section 4: what every kind of key may carry. Unknown members are kept. */
const common = z.looseObject({
  kid: z.string().optional(),
  alg: text.optional(),
  use: z.enum(['sig', 'enc']).optional(),
  key_ops: z
    .array(z.enum(['sign', 'verify', 'encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'deriveKey', 'deriveBits']))
    .optional(),
  'aws:kms:arn': text.optional(),
});

/** RFC 7518 section 6 and RFC 8037 section 2: the members of each kind. */
const jwk = z.discriminatedUnion('kty', [
  common.extend({ kty: z.literal('oct'), k: base64url }),
  common.extend({ kty: z.literal('RSA'), n: base64url, e: base64url, d: base64url.optional() }),
  common.extend({
    kty: z.literal('EC'),
    crv: z.enum(['P-256', 'P-384', 'P-521', 'secp256k1']),
    x: base64url,
    y: base64url,
    d: base64url.optional(),
  }),
  common.extend({
    kty: z.literal('OKP'),
    crv: z.enum(['Ed25519', 'X25519', 'Ed448', 'X448']),
    x: base64url,
    d: base64url.optional(),
  }),
]);

/** One key of `GOTRUE_JWT_KEYS`, checked for structure only: the numbers may still be no valid key. */
export type JwtKey = Readonly<z.infer<typeof jwk>>;

const COORDINATE_BYTES: Readonly<Record<string, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
  Ed25519: 32,
  X25519: 32,
  Ed448: 57,
  X448: 56,
};

/** Checks the array of keys. Of several keys with the same `kid` the last one counts. Messages never quote a key. */
export function acceptJwtKeys(value: unknown): readonly JwtKey[] {
  if (!Array.isArray(value)) throw new Error('must be a JSON array of JWKs');
  const byId = new Map<string, JwtKey>();
  value.forEach((candidate: unknown, index) => {
    const key = acceptJwtKey(candidate, index + 1);
    byId.set(key.kid ?? '', key);
  });
  return [...byId.values()];
}

function acceptJwtKey(candidate: unknown, position: number): JwtKey {
  const parsed = jwk.safeParse(candidate);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const member = issue?.path.join('.');
    throw new Error(member ? `key ${position}: "${member}" is missing or invalid` : `key ${position} is not a JWK`);
  }
  const key = parsed.data;
  if (key.kty === 'EC' || key.kty === 'OKP') {
    const members = key.kty === 'EC' ? { x: key.x, y: key.y } : { x: key.x };
    for (const [member, coordinate] of Object.entries(members)) {
      if (Buffer.from(coordinate, 'base64url').length !== COORDINATE_BYTES[key.crv]) {
        throw new Error(`key ${position}: "${member}" has the wrong length for ${key.crv}`);
      }
    }
  }
  if (key.key_ops?.includes('sign') && !isPrivate(key))
    throw new Error(`key ${position} signs but has no private part`);
  return key;
}

function isPrivate(key: JwtKey): boolean {
  return key.kty === 'oct' || key.d !== undefined || key['aws:kms:arn'] !== undefined;
}
