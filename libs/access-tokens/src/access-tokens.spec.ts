import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { buildKeySet, type Jwk, type KeySet } from './key-set.js';
import { signJwt } from './sign-jwt.js';
import { verifyJwt } from './verify-jwt.js';

const SECRET = 'a-secret-that-is-long-enough-for-the-tests';
const NOW = new Date(1_800_000_000_000);
const CLAIMS = { sub: 'x', exp: 1_800_000_060 };

const pairs = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  RS512: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES512: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
type Asymmetric = keyof typeof pairs;

const jwk = (alg: Asymmetric, kid: string, ops = ['sign', 'verify']): Jwk => ({
  ...(pairs[alg]().privateKey.export({ format: 'jwk' }) as Jwk),
  ...{ alg, kid, key_ops: ops },
});
const keySet = (...jwks: Jwk[]): KeySet => buildKeySet({ secret: SECRET, keyId: '', jwks, validMethods: [] });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const hs256 = (header: object, key: string | Buffer): string => {
  const input = `${part(header)}.${part(CLAIMS)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};

describe('access tokens', () => {
  it.each(Object.keys(pairs) as Asymmetric[])('%s: what is signed is verified, a changed token is not', (alg) => {
    const keys = keySet(jwk(alg, 'one'));
    const token = signJwt(keys, CLAIMS);
    expect(verifyJwt(keys, token, NOW)).toEqual(CLAIMS);
    const [head, , tail] = token.split('.');
    expect(() => verifyJwt(keys, `${head}.${part({ ...CLAIMS, role: 'service_role' })}.${tail}`, NOW)).toThrow(
      'signature is invalid',
    );
    expect(() => verifyJwt(keySet(jwk(alg, 'one')), token, NOW)).toThrow('signature is invalid');
  });

  it('publishes no private member and no secret', () => {
    const oct: Jwk = {
      kty: 'oct',
      k: Buffer.from(SECRET).toString('base64url'),
      alg: 'HS256',
      kid: 'old',
      key_ops: ['verify'],
    };
    const keys = keySet(jwk('RS256', 'one'), oct);
    expect(keys.keys[1]!.publicJwk).toBeNull();
    expect(Object.keys(keys.keys[0]!.publicJwk!).sort()).toEqual(['alg', 'e', 'key_ops', 'kid', 'kty', 'n', 'use']);
  });

  it('a public key is no shared secret (algorithm confusion)', () => {
    const oct: Jwk = { kty: 'oct', k: 'AAAA', alg: 'HS256', kid: 'old', key_ops: ['verify'] };
    const keys = keySet(jwk('RS256', 'one'), oct);
    const pem = keys.signing!.verify.export({ type: 'spki', format: 'pem' });
    expect(() => verifyJwt(keys, hs256({ alg: 'HS256', kid: 'one' }, pem), NOW)).toThrow('signature is invalid');
    expect(() => verifyJwt(keys, hs256({ alg: 'HS256' }, pem), NOW)).toThrow('signature is invalid');
  });

  it('looks at no key that a header brings along, and never at none', () => {
    const keys = keySet(jwk('ES256', 'one'));
    const mine = jwk('ES256', 'mine');
    const [, body, tail] = signJwt(keySet(mine), CLAIMS).split('.');
    const forged = `${part({ alg: 'ES256', jwk: mine, jku: 'https://evil.example', x5u: 'https://evil.example' })}.${body}.${tail}`;
    expect(() => verifyJwt(keys, forged, NOW)).toThrow('unrecognized JWT kid <nil> for algorithm ES256');
    expect(() => verifyJwt(keys, `${part({ alg: 'none' })}.${body}.`, NOW)).toThrow('signing method none is invalid');
  });

  it('checks the times to the second', () => {
    const keys = keySet();
    expect(() => verifyJwt(keys, signJwt(keys, { exp: 1_800_000_000 }), NOW)).toThrow('token is expired');
    expect(() => verifyJwt(keys, signJwt(keys, { nbf: 1_800_000_001 }), NOW)).toThrow('token is not valid yet');
  });

  it.each<[string, () => Jwk[], string]>([
    ['no key signs', () => [jwk('ES256', 'a', ['verify'])], 'no signing key detected'],
    ['two keys sign', () => [jwk('ES256', 'a'), jwk('ES256', 'b')], 'multiple signing keys detected'],
    ['an unknown algorithm', () => [{ ...jwk('RS256', 'a'), alg: 'PS256' }], 'needs an "alg" among'],
    ['a curve of another algorithm', () => [{ ...jwk('ES512', 'a'), alg: 'ES256' }], 'ES256 takes EC P-256'],
    ['AWS KMS', () => [{ ...jwk('RS256', 'a'), 'aws:kms:arn': 'arn:aws:kms:eu-west-1:1:key/x' }], 'AWS KMS'],
  ])('does not start when %s', (_title, keys, message) => expect(() => keySet(...keys())).toThrow(message));
});
