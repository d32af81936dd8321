import { describe, expect, it } from '@jest/globals';
import { formatV2, isSignedWith, parseV2 } from './refresh-token-v2.js';

const SESSION = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const ZERO = Buffer.alloc(32);

/** tokens-and-sessions.md §16. */
const VECTORS: [bigint, string][] = [
  [0n, 'AGunuBCdrUHRgLQAwE_UMMgAC6Ou4Sw_D0h9rvfTVcyrJ9Esi7M'],
  [1n, 'AGunuBCdrUHRgLQAwE_UMMgBqBgT04deZU96DSHB7BlvOFM_AGw'],
  [127n, 'AGunuBCdrUHRgLQAwE_UMMh_42SWvyWaw15YwALp0KzABx8D3VM'],
  [128n, 'AGunuBCdrUHRgLQAwE_UMMiAARrjcFsGN81-ncBijAvKnpc4y0fR'],
  [300n, 'AGunuBCdrUHRgLQAwE_UMMisAqLh2bmtPHpc22MbVFsOZqL-pjQi'],
  [2n ** 63n - 1n, 'AGunuBCdrUHRgLQAwE_UMMj__________3-yKCojWgzedLFAMTv8IXtaCNFpDg'],
];

describe('refresh token version 2', () => {
  it.each(VECTORS)('counter %s', (counter, token) => {
    expect(formatV2(SESSION, counter, ZERO)).toBe(token);
    const parsed = parseV2(token)!;
    expect([parsed.sessionId, parsed.counter]).toEqual([SESSION, counter]);
    expect(isSignedWith(parsed, ZERO)).toBe(true);
    expect(isSignedWith(parsed, Buffer.alloc(32, 1))).toBe(false);
  });

  it('takes a key as it is stored', () => {
    const key = Buffer.from('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8', 'base64url');
    expect(formatV2(SESSION, 0n, key)).toBe('AGunuBCdrUHRgLQAwE_UMMgA9o_Vn48vAmNpoLc1uBsC0QRvSo0');
  });

  it('refuses every token that differs in one character', () => {
    const token = VECTORS[4]![1];
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === 'A' ? 'B' : 'A';
      expect(parseV2(token.slice(0, i) + other + token.slice(i + 1))).toBeUndefined();
    }
  });

  it.each(['', 'A', `${VECTORS[0]![1]}=`, VECTORS[0]![1].slice(0, -1), `${VECTORS[0]![1]}A`, 'A'.repeat(200)])(
    '%j is none',
    (token) => expect(parseV2(token)).toBeUndefined(),
  );
});
