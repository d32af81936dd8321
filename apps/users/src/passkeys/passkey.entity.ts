import type { JsonObject } from '@usher/contracts/user-object';

/** A row of `auth.webauthn_credentials`. */
export interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: Buffer;
  public_key: Buffer;
  attestation_type: string;
  aaguid: string | null;
  sign_count: number;
  transports: string[];
  backup_eligible: boolean;
  backed_up: boolean;
  friendly_name: string;
  created_at: string;
  updated_at: string;
  last_used_at: string | null;
}

/** What of `auth.webauthn_challenges` an answer is checked by. */
export interface PasskeyChallengeRow {
  session_data: JsonObject;
  expires_at: string;
}

export type PasskeyChallengeType = 'registration' | 'authentication';
