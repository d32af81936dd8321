import type { BucketRule } from './token-bucket.js';

/** Where buckets are kept: in this process, or for all replicas together. */
export interface LimitStore {
  /** False when the client has used up what the rule gives. */
  take(key: string, rule: BucketRule, now: number): Promise<boolean> | boolean;
}

export const LIMIT_STORE = Symbol('LimitStore');
