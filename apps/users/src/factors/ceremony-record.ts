import type { JsonObject } from '@usher/contracts/user-object';
import type { FactorProof } from '@usher/contracts/users/factors.contract';
import type { FactorRow } from './factor.entity.js';

/** `last_webauthn_challenge_data` (mfa-and-passkeys.md §8): what was asked and answered last, for the operator's own checks. The challenge is used up. */
export function ceremonyRecord(
  { id }: FactorRow,
  challengeId: string,
  { type, answer }: NonNullable<FactorProof['ceremony']>,
  ip: string,
  now: Date,
): JsonObject {
  return {
    challenge: { challenge_id: challengeId, factor_id: id, verified_at: now.toISOString(), ip_address: ip },
    type,
    credential_response: answer,
  };
}
