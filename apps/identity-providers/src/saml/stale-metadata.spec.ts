import { expect, it } from '@jest/globals';
import { isStale } from './stale-metadata.js';

const NOW = new Date('2026-01-02T00:00:00Z');
const stale = (times: { validUntil?: string; cacheDuration?: string }, fetchedAt: string): boolean =>
  isStale({ entityId: 'e', redirectUrl: '', signingCertificates: [], ...times }, fetchedAt, NOW);

it('metadata grow old by their own words, or in a day', () => {
  expect(stale({}, '2026-01-01T00:00:01Z')).toBe(false);
  expect(stale({}, '2025-12-31T23:59:59Z')).toBe(true);
  expect(stale({ validUntil: '2026-01-03T00:00:00Z' }, '2025-01-01T00:00:00Z')).toBe(false);
  expect(stale({ validUntil: '2026-01-01T00:00:00Z' }, '2026-01-01T23:59:00Z')).toBe(true);
  expect(stale({ cacheDuration: 'PT1H' }, '2026-01-01T22:59:00Z')).toBe(true);
  expect(stale({ cacheDuration: 'P7D' }, '2025-12-30T00:00:00Z')).toBe(false);
});
