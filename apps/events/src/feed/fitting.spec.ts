import { describe, expect, it } from '@jest/globals';
import { fitting } from './fitting.js';

describe('a page', () => {
  it('ends before it would be too large for a message', () => {
    expect(fitting(['a'.repeat(400), 'é'.repeat(200), 'b'], 1_024 + 802)).toEqual({
      texts: ['a'.repeat(400), 'é'.repeat(200)],
      whole: false,
    });
    expect(fitting(['a', 'b'])).toEqual({ texts: ['a', 'b'], whole: true });
    expect(fitting([])).toEqual({ texts: [], whole: true });
  });

  it('holds one event whatever its size', () => {
    expect(fitting(['a'.repeat(5_000), 'b'], 2_000)).toEqual({ texts: ['a'.repeat(5_000)], whole: false });
  });
});
