import { describe, expect, it } from '@jest/globals';
import { banUntil } from './ban-duration.js';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('a ban duration', () => {
  it('counts from now, backwards too', () => {
    expect(banUntil('1h30m', NOW)).toEqual(new Date('2026-01-01T01:30:00Z'));
    expect(banUntil('-24h', NOW)).toEqual(new Date('2025-12-31T00:00:00Z'));
  });

  it.each(['none', '0', '0s', '0h0m'])('%s lifts the ban', (duration) => {
    expect(banUntil(duration, NOW)).toBeNull();
  });

  it.each(['', undefined])('%j leaves it as it is', (duration) => {
    expect(banUntil(duration, NOW)).toBeUndefined();
  });

  it('is told what is wrong with it in the words of Go', () => {
    expect(() => banUntil('never', NOW)).toThrow('invalid format for ban duration: time: invalid duration "never"');
    expect(() => banUntil('24', NOW)).toThrow('invalid format for ban duration: time: missing unit in duration "24"');
  });
});
