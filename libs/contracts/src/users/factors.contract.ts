import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { FactorObject, Json, JsonObject, UserObject } from '../user-object.js';

export interface EnrollFactorInput {
  bearer: Bearer;
  factorType?: string;
  friendlyName?: string;
  issuer?: string;
  phone?: string;
}

/** A new factor, not yet verified. `totp` is the only time that the secret is shown. */
export interface EnrolledFactor {
  id: string;
  type: FactorObject['factor_type'];
  friendly_name: string;
  totp?: { qr_code: string; secret: string; uri: string };
  phone?: string;
}

/** POST /factors (mfa-and-passkeys.md §3). */
export const enrollFactor = rpc<EnrollFactorInput, EnrolledFactor>('users', 'enroll-factor');

/** The factor that a route names: null when the path holds no UUID. */
export interface NamedFactor {
  bearer: Bearer;
  factorId: string | null;
}

/** The checks that come before the body of a request is looked at: caller, factor. Answers the type of the factor. */
export const findFactor = rpc<NamedFactor, { type: FactorObject['factor_type'] }>('users', 'find-factor', {
  idempotent: true,
});

export interface ChallengeFactorInput extends NamedFactor {
  channel?: string;
}

/** `expires_at` in Unix seconds. */
export interface FactorChallenge {
  id: string;
  type: FactorObject['factor_type'];
  expires_at: number;
  webauthn?: { type: CeremonyType; credential_options: { publicKey: JsonObject } };
}

export type CeremonyType = 'create' | 'request';

/** POST /factors/{id}/challenge (§4). */
export const challengeFactor = rpc<ChallengeFactorInput, FactorChallenge>('users', 'challenge-factor');

export interface FactorAnswer extends NamedFactor {
  challengeId: string;
  code?: string;
  webauthn?: { type?: string; credentialResponse?: Json };
}

/** What a right answer proves, for the step that writes it down. Never leaves the server. */
export interface FactorProof {
  factorId: string;
  challengeId: string;
  /** Time step of the TOTP code. */
  step?: number;
  /** What is stored of a WebAuthn answer. */
  ceremony?: { type: CeremonyType; aaguid: string | null; credential: JsonObject; answer: JsonObject };
}

/**
 * POST /factors/{id}/verify (§5) up to the write: is the answer right? Counts the attempt and asks the hook, which may refuse
 * (`mfa_verification_rejected`, sessions ended). Nothing is used up yet.
 */
export const checkFactor = rpc<FactorAnswer, { method: string; proof: FactorProof }>('users', 'check-factor');

/** Uses up the challenge (and the code), verifies the factor, removes the unverified ones of its type: one transaction. */
export const acceptFactor = rpc<{ bearer: Bearer; proof: FactorProof }, { user: UserObject }>('users', 'accept-factor');

export interface RemovedFactor {
  id: string;
  type: FactorObject['factor_type'];
}

/** DELETE /factors/{id} (§6). The sessions that the factor raised are lowered by `tokens.lower-sessions`. */
export const removeFactor = rpc<NamedFactor, RemovedFactor>('users', 'remove-factor');

/** GET /admin/users/{user_id}/factors (§7). */
export const adminListFactors = rpc<{ userId: string }, FactorObject[]>('users', 'admin-list-factors', {
  idempotent: true,
});

export interface AdminFactor {
  userId: string;
  factorId: string | null;
}

/** The checks before the body of PUT /admin/users/{user_id}/factors/{factor_id}. */
export const adminFindFactor = rpc<AdminFactor, Record<string, never>>('users', 'admin-find-factor', {
  idempotent: true,
});

/** PUT /admin/users/{user_id}/factors/{factor_id}: empty members change nothing. */
export const adminUpdateFactor = rpc<AdminFactor & { friendlyName?: string; phone?: string }, FactorObject>(
  'users',
  'admin-update-factor',
);

/** DELETE /admin/users/{user_id}/factors/{factor_id}: the factor as it was. */
export const adminRemoveFactor = rpc<AdminFactor, FactorObject>('users', 'admin-remove-factor');
