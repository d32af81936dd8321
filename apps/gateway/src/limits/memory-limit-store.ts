import { Injectable } from '@nestjs/common';
import type { LimitStore } from './limit-store.js';
import { takeToken, type Bucket, type BucketRule } from './token-bucket.js';

/** Clients beyond this many push out those that came first: memory stays bounded under a flood of made-up addresses. */
const CAPACITY = 100_000;

@Injectable()
export class MemoryLimitStore implements LimitStore {
  private readonly buckets = new Map<string, Bucket>();

  take(key: string, rule: BucketRule, now: number): boolean {
    const known = this.buckets.get(key);
    if (!known && this.buckets.size >= CAPACITY) this.buckets.delete(this.buckets.keys().next().value!);
    const { bucket, taken } = takeToken(rule, known, now);
    this.buckets.set(key, bucket);
    return taken;
  }
}
