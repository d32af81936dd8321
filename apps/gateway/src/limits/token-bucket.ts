/** Refill and size of a bucket; `forgetMs` after its creation a bucket starts full again. */
export interface BucketRule {
  perMs: number;
  burst: number;
  forgetMs: number;
}

export interface Bucket {
  tokens: number;
  /** When `tokens` was right, in ms. */
  at: number;
  createdAt: number;
}

/** Takes one token (accounts.md §6.1). The bucket after it, and whether there was one to take. */
export function takeToken(
  rule: BucketRule,
  bucket: Bucket | undefined,
  now: number,
): { bucket: Bucket; taken: boolean } {
  const fresh = !bucket || now - bucket.createdAt >= rule.forgetMs;
  const current = fresh ? { tokens: rule.burst, at: now, createdAt: now } : bucket;
  const tokens = Math.min(rule.burst, current.tokens + Math.max(0, now - current.at) * rule.perMs);
  const taken = tokens >= 1;
  return { bucket: { tokens: taken ? tokens - 1 : tokens, at: now, createdAt: current.createdAt }, taken };
}
