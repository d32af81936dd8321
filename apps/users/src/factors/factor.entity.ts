import type { JsonObject } from '@usher/contracts/user-object';
import type { FactorViewRow } from '@usher/database/users/user-row';

/** A row of `auth.mfa_factors`. */
export interface FactorRow extends FactorViewRow {
  user_id: string;
  /** Base32, sealed where encryption at rest is on. */
  secret: string | null;
  web_authn_credential: JsonObject | null;
}

/** A row of `auth.mfa_challenges`. */
export interface ChallengeRow {
  id: string;
  factor_id: string;
  created_at: string;
  verified_at: string | null;
  ip_address: string;
  /** The digits, sealed where encryption at rest is on. */
  otp_code: string | null;
  web_authn_session_data: JsonObject | null;
}

export interface NewFactor {
  id: string;
  userId: string;
  type: FactorRow['factor_type'];
  name: string;
  secret?: string;
  phone?: string;
}

export interface NewChallenge {
  id: string;
  factorId: string;
  ip: string;
  otpCode?: string;
  session?: JsonObject;
}
