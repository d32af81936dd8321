import { describe, expect, it } from '@jest/globals';
import { retryDelay } from './retry.js';

describe('retryDelay', () => {
  it('doubles up to a quarter of an hour', () => {
    const most = (attempts: number) => retryDelay(attempts, () => 1);
    expect([1, 2, 3, 30, 5000].map(most)).toEqual([5_000, 10_000, 20_000, 900_000, 900_000]);
  });

  it('is never shorter than half of it', () => {
    expect(retryDelay(1, () => 0)).toBe(2_500);
  });
});
