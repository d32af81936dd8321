import type { FactorObject } from '@usher/contracts/user-object';
import { insufficientAal, nameTaken, tooManyFactors, verifiedFactorExists } from './factors.errors.js';

export type FactorType = FactorObject['factor_type'];

/** AMR entry that each type leaves on a session (tokens-and-sessions.md §9.1). */
export const AMR_METHODS: Record<FactorType, string> = { totp: 'totp', phone: 'mfa/phone', webauthn: 'mfa/webauthn' };

export interface FactorLimits {
  maxEnrolledFactors: number;
  maxVerifiedFactors: number;
}

/** What of a factor the rules look at. */
export interface FactorFacts {
  id: string;
  status: FactorObject['status'];
  friendly_name: string | null;
  phone: string | null;
}

const isVerified = ({ status }: FactorFacts): boolean => status === 'verified';

/** Whether a session at this level may not do what takes a second factor. */
export function needsAal2(factors: readonly FactorFacts[], aal: string | null | undefined): boolean {
  return factors.some(isVerified) && aal !== 'aal2';
}

/** The common validation of mfa-and-passkeys.md §3, steps 2 to 5. */
export function checkEnrolment(
  factors: readonly FactorFacts[],
  name: string,
  limits: FactorLimits,
  aal: string | null | undefined,
): void {
  if (factors.some((factor) => (factor.friendly_name ?? '') === name)) throw nameTaken(name);
  if (factors.length >= limits.maxEnrolledFactors) throw tooManyFactors();
  if (factors.filter(isVerified).length >= limits.maxVerifiedFactors) throw tooManyFactors();
  if (needsAal2(factors, aal)) throw insufficientAal('AAL2 required to enroll a new factor', 403);
}

/**
 * Whether a factor may be verified now. One that somebody planted earlier must not raise a session that could not have enrolled it (§11 trap 1), and
 * the limit of verified ones counts here, too.
 */
export function checkVerification(
  factor: FactorFacts,
  factors: readonly FactorFacts[],
  limits: FactorLimits,
  aal: string | null | undefined,
): void {
  if (isVerified(factor)) return;
  const others = factors.filter(({ id }) => id !== factor.id);
  if (needsAal2(others, aal)) throw insufficientAal('AAL2 required to verify a new factor', 403);
  if (others.filter(isVerified).length >= limits.maxVerifiedFactors) throw tooManyFactors();
}

export function refuseVerifiedPhone(factors: readonly FactorFacts[], phone: string): void {
  if (factors.some((factor) => isVerified(factor) && factor.phone === phone)) throw verifiedFactorExists();
}

/** `expires_at` of a challenge, Unix seconds. */
export function challengeExpiry(createdAt: Date, lifetimeSeconds: number): number {
  return Math.floor(createdAt.getTime() / 1000 + lifetimeSeconds);
}

export function isExpired(createdAt: string, lifetimeSeconds: number, now: Date): boolean {
  return now.getTime() > Date.parse(createdAt) + lifetimeSeconds * 1000;
}
