import { describe, expect, it } from '@jest/globals';
import { takeToken, type Bucket } from './token-bucket.js';

const rule = { perMs: 1 / 1000, burst: 3, forgetMs: 10_000 };

function take(bucket: Bucket | undefined, now: number, times: number): { bucket: Bucket | undefined; taken: number } {
  let taken = 0;
  for (let i = 0; i < times; i++) {
    const result = takeToken(rule, bucket, now);
    bucket = result.bucket;
    if (result.taken) taken++;
  }
  return { bucket, taken };
}

describe('a token bucket', () => {
  it('gives its burst at once and then one token a second', () => {
    const first = take(undefined, 0, 5);
    expect(first.taken).toBe(3);
    expect(take(first.bucket, 999, 1).taken).toBe(0);
    expect(take(first.bucket, 2_000, 5).taken).toBe(2);
  });

  it('starts full again when it is forgotten, counted from its creation', () => {
    const used = take(undefined, 0, 3);
    expect(take(used.bucket, 10_000, 5).taken).toBe(3);
  });

  it('never holds more than its burst, and takes no harm from a clock set back', () => {
    const used = take(undefined, 5_000, 1);
    expect(take(used.bucket, 0, 5).taken).toBe(2);
    expect(take(used.bucket, 14_000, 5).taken).toBe(3);
  });
});
