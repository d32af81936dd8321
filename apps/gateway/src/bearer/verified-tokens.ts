import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { buildKeySet, type Jwk, type KeySet } from '@usher/access-tokens/key-set';
import { InvalidToken, verifyJwt } from '@usher/access-tokens/verify-jwt';
import type { JsonObject } from '@usher/contracts/user-object';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

const CAPACITY = 10_000;

/**
 * Verifies bearer tokens, and remembers those that passed: a busy client sends the same one a thousand times. Kept under the token's SHA-256, so that
 * no usable token lies in memory; the times are checked again on every use.
 */
@Injectable()
export class VerifiedTokens {
  private readonly keys: KeySet;
  private readonly issuer: string | null;
  private readonly seen = new Map<string, JsonObject>();

  constructor(
    @Inject(SETTINGS) { jwt, usher }: Settings,
    private readonly clock: Clock,
  ) {
    this.keys = buildKeySet({
      secret: jwt.secret,
      keyId: jwt.keyId,
      jwks: jwt.keys as readonly Jwk[],
      validMethods: jwt.validMethods,
    });
    this.issuer = usher.strict.issuer ? jwt.issuer : null;
  }

  /** The claims. Throws `InvalidToken`. */
  verify(token: string): JsonObject {
    const now = this.clock.now();
    const id = createHash('sha256').update(token).digest('base64');
    const known = this.seen.get(id);
    if (known && isCurrent(known, now)) return known;
    const claims = verifyJwt(this.keys, token, now);
    if (this.issuer !== null && claims.iss !== this.issuer)
      throw new InvalidToken('token has invalid claims: token has invalid issuer');
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
