import { describe, expect, it } from '@jest/globals';
import { checkStrictly } from './strict-claims.js';

const NOW = new Date(1_800_000_000_000);
const GOOD = { iss: 'https://a.example', exp: 1_800_000_060, iat: 1_800_000_000 };
const check = (claims: object, strict = { issuer: 'https://a.example' as string | null, times: true }): void =>
  checkStrictly({ ...GOOD, ...claims }, strict, NOW);

// known-faults.md: "Bearer tokens without `exp`, with a foreign `iss` or an `iat` in the future are accepted"; security-checklist.md J6, J7.
describe('strict claims', () => {
  it('pass a token of ours, also of a replica whose clock is a little ahead', () => {
    check({});
    check({ iat: 1_800_000_004 });
  });

  it.each([
    ['a foreign issuer', { iss: 'https://b.example' }, 'invalid issuer'],
    ['no issuer', { iss: undefined }, 'invalid issuer'],
    ['no expiry', { exp: undefined }, 'exp claim is required'],
    ['a time of issue that lies ahead', { iat: 1_800_000_060 }, 'used before issued'],
  ])('refuse %s', (_title, claims, reason) => expect(() => check(claims)).toThrow(reason));

  it('are off by default, as clients of the reference know it', () => {
    check({ iss: 'https://b.example', exp: undefined, iat: 4e9 }, { issuer: null, times: false });
  });
});
