import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { UserObject } from '../user-object.js';

/** The set of a user, in the form that supabase-js knows; `id` is the user's, who has one set. */
export interface RecoveryCodesState {
  id: string;
  type: 'recovery_code';
  total: number;
  remaining: number;
}

export interface NewRecoveryCodes {
  id: string;
  type: 'recovery_code';
  friendly_name: string;
  total: number;
  codes: string[];
}

export interface GenerateRecoveryCodesInput {
  bearer: Bearer;
  friendlyName?: string;
  /** In place of a set that must be there; otherwise there must be none. */
  again: boolean;
}

/** POST /factors/recovery-codes and …/regenerate (docs/mfa.md): ten new ones, shown this once. */
export const generateRecoveryCodes = rpc<GenerateRecoveryCodesInput, NewRecoveryCodes>(
  'users',
  'generate-recovery-codes',
);

/** GET /factors/recovery-codes: `mfa_factor_not_found` where there are none. */
export const getRecoveryCodes = rpc<{ bearer: Bearer }, RecoveryCodesState>('users', 'get-recovery-codes', {
  idempotent: true,
});

/** DELETE /factors/recovery-codes. */
export const removeRecoveryCodes = rpc<{ bearer: Bearer }, { id: string }>('users', 'remove-recovery-codes');

/** POST /factors/recovery-codes/verify up to the write: `mfa_verification_failed` for a wrong or used code. */
export const checkRecoveryCode = rpc<{ bearer: Bearer; code: string }, Record<string, never>>(
  'users',
  'check-recovery-code',
  { idempotent: true },
);

/** Uses the code up. */
export const acceptRecoveryCode = rpc<{ bearer: Bearer; code: string }, { user: UserObject }>(
  'users',
  'accept-recovery-code',
);
