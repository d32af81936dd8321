import { describe, expect, it } from '@jest/globals';
import { buildKeySet, type Jwk } from '@usher/access-tokens/key-set';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import { verifyJwt } from '@usher/access-tokens/verify-jwt';
import { generateKey, KEY_ALGORITHMS, secretKey } from './generate-key.js';
import { madeAt, rotated, signing, verifying, withRoles, without } from './key-roles.js';

const NOW = new Date();
const first = (): Jwk[] => [verifying(generateKey('ES256')), signing(generateKey('ES256')), secretKey('a secret')];
const set = (jwks: Jwk[]) => buildKeySet({ secret: 'x', keyId: '', jwks, validMethods: [] });
const roles = (jwks: Jwk[]): string[] => withRoles(jwks).map(({ role }) => role);

describe('keys', () => {
  it.each(KEY_ALGORITHMS)('of %s sign, then verify', (alg) => {
    const keys = rotated([verifying(generateKey(alg)), signing(generateKey('RS256'))], generateKey(alg));
    const token = signJwt(set(keys), { sub: 'x' });
    expect(verifyJwt(set(rotated(keys, generateKey('EdDSA'))), token, NOW)).toEqual({ sub: 'x' });
  });

  it('go from standby to current to previous, and are known before they sign', () => {
    let keys = first();
    expect(roles(keys)).toEqual(['standby', 'current', 'secret']);
    for (let n = 0; n < 3; n++) {
      const [standby, current] = withRoles(keys);
      const next = rotated(keys, generateKey('ES256'));
      expect(set(next).signing?.kid).toBe(standby!.jwk.kid);
      expect(set(next).byKid.has(current!.jwk.kid!)).toBe(true);
      // A replica that still has the former set verifies what the new key signs.
      expect(verifyJwt(set(keys), signJwt(set(next), { n }), NOW)).toEqual({ n });
      keys = next;
    }
    expect(roles(keys)).toEqual(['standby', 'current', 'previous', 'previous', 'previous', 'secret']);
  });

  it('can be taken away when they sign no more', () => {
    const keys = rotated(first(), generateKey('ES256'));
    const [, current, previous] = withRoles(keys);
    expect(roles(without(keys, previous!.jwk.kid!))).toEqual(['standby', 'current', 'secret']);
    expect(() => without(keys, current!.jwk.kid!)).toThrow('rotate first');
    expect(() => without(keys, 'x')).toThrow('no key x');
    expect(() => rotated(without(keys, keys[0]!.kid!), generateKey('ES256'))).toThrow('no standby key');
  });

  it('tell when they were made', () => {
    expect(Math.abs(madeAt(generateKey('EdDSA'))!.getTime() - Date.now())).toBeLessThan(1_000);
    expect(madeAt(secretKey('x'))).toBeNull();
  });
});
