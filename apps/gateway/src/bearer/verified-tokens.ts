import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { verifyJwt } from '@usher/access-tokens/verify-jwt';
import type { JsonObject } from '@usher/contracts/user-object';
import { Clock } from '@usher/runtime/clock';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { checkStrictly, type StrictClaims } from './strict-claims.js';

const CAPACITY = 10_000;

/**
 * Verifies bearer tokens, and remembers those that passed: a busy client sends the same one a thousand times. Kept under the token's SHA-256, so that
 * no usable token lies in memory; the times are checked again on every use.
 */
@Injectable()
export class VerifiedTokens {
  private readonly strict: StrictClaims;
  private readonly seen = new Map<string, JsonObject>();

  constructor(
    @Inject(SETTINGS) { jwt, usher }: Settings,
    private readonly keys: LiveKeys,
    private readonly clock: Clock,
  ) {
    this.strict = { issuer: usher.strict.issuer ? jwt.issuer : null, times: usher.strict.times };
    // A key that was taken away stops working at once.
    keys.onChange(() => this.seen.clear());
  }

  /** The claims. Throws `InvalidToken`. */
  verify(token: string): JsonObject {
    const now = this.clock.now();
    const id = createHash('sha256').update(token).digest('base64');
    const known = this.seen.get(id);
    if (known && isCurrent(known, now)) return known;
    const claims = verifyJwt(this.keys.current, token, now);
    checkStrictly(claims, this.strict, now);
    this.remember(id, claims);
    return claims;
  }

  private remember(id: string, claims: JsonObject): void {
    this.seen.delete(id);
    if (this.seen.size >= CAPACITY) this.seen.delete(this.seen.keys().next().value!);
    this.seen.set(id, claims);
  }
}

function isCurrent({ exp, nbf }: JsonObject, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  return (typeof exp !== 'number' || seconds < exp) && (typeof nbf !== 'number' || seconds >= nbf);
}
