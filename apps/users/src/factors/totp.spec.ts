import { describe, expect, it } from '@jest/globals';
import { generateSync } from 'otplib';
import { qrCode } from './qr-code.js';
import { matchingStep, newSecret, stepEnds, totpUri } from './totp.js';

const NOW = new Date('2026-11-24T08:18:35Z');
const STEP = Math.floor(NOW.getTime() / 30_000);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const codeAt = (step: number) => generateSync({ secret: SECRET, epoch: step * 30 });

describe('TOTP', () => {
  it('knows the vector of RFC 6238', () => {
    const secret = Buffer.from('12345678901234567890').toString('latin1');
    expect(secret).toHaveLength(20);
    const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(matchingStep(base32, '287082', new Date(59_000))).toBe(1);
    expect(matchingStep(base32, '081804', new Date(1_111_111_109_000))).toBe(37_037_036);
  });

  it.each([-1, 0, 1])('takes the code of step %i from now, and says which it was', (offset) => {
    expect(matchingStep(SECRET, ` ${codeAt(STEP + offset)} `, NOW)).toBe(STEP + offset);
  });

  it.each([-2, 2])('does not take the code of step %i from now', (offset) => {
    expect(matchingStep(SECRET, codeAt(STEP + offset), NOW)).toBeUndefined();
  });

  it.each(['', '12345', '1234567', '12345a', '１２３４５６', '123 456'])('does not take %j', (code) => {
    expect(matchingStep(SECRET, code, NOW)).toBeUndefined();
  });

  it('forgets a used code only when it has expired by itself', () => {
    expect(stepEnds(STEP).getTime()).toBeGreaterThan((STEP + 2) * 30_000);
  });

  it('makes 160 bits that are never the same', () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    expect(new Set(secrets).size).toBe(50);
    expect(secrets.every((secret) => /^[A-Z2-7]{32}$/.test(secret))).toBe(true);
  });

  it('escapes what has a meaning in a URI', () => {
    expect(totpUri('S', 'A & B?#/', 'a@example.com')).toBe(
      'otpauth://totp/A%20%26%20B%3F%23%2F:a@example.com?algorithm=SHA1&digits=6&issuer=A%20%26%20B%3F%23%2F&period=30&secret=S',
    );
  });

  it('draws a code that a data URI can hold, or none', () => {
    const svg = qrCode(totpUri(SECRET, 'example.org', 'a@example.com'));
    const [, width] = /<svg width="(\d+)"/.exec(svg)!;
    expect((Number(width) - 24) % 3).toBe(0);
    expect(svg).not.toMatch(/[#%]/);
    expect(() => qrCode('x'.repeat(3000))).toThrow();
  });
});
