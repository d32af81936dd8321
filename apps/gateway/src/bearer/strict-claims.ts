import { InvalidToken } from '@usher/access-tokens/verify-jwt';
import type { JsonObject } from '@usher/contracts/user-object';

/** What an operator may ask of bearer tokens beyond signature and times (RFC 8725 §3.8, §3.10), which the reference does not. */
export interface StrictClaims {
  /** The only accepted `iss`; null = any. */
  issuer: string | null;
  /** `exp` is needed, and `iat` may not lie ahead. */
  times: boolean;
}

/** ms that the clock of another replica may be ahead of ours. */
const SKEW_MS = 5_000;

/** Throws `InvalidToken`, in the words of the reference's library. */
export function checkStrictly(claims: JsonObject, strict: StrictClaims, now: Date): void {
  if (strict.issuer !== null && claims.iss !== strict.issuer) throw invalid('token has invalid issuer');
  if (!strict.times) return;
  if (typeof claims.exp !== 'number') throw invalid('token is missing required claim: exp claim is required');
  if (typeof claims.iat === 'number' && claims.iat * 1000 > now.getTime() + SKEW_MS)
    throw invalid('token used before issued');
}

function invalid(reason: string): InvalidToken {
  return new InvalidToken(`token has invalid claims: ${reason}`);
}
