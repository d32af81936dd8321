import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { UserObject } from '../user-object.js';

/** `created_at` is null when there are none. */
export interface RecoveryCodesState {
  total: number;
  remaining: number;
  created_at: string | null;
}

/** POST /recovery-codes (docs/mfa.md): ten new ones in place of the old, shown this once. */
export const generateRecoveryCodes = rpc<{ bearer: Bearer }, RecoveryCodesState & { codes: string[] }>(
  'users',
  'generate-recovery-codes',
);

/** GET /recovery-codes. */
export const getRecoveryCodes = rpc<{ bearer: Bearer }, RecoveryCodesState>('users', 'get-recovery-codes', {
  idempotent: true,
});

/** DELETE /recovery-codes. */
export const removeRecoveryCodes = rpc<{ bearer: Bearer }, Record<string, never>>('users', 'remove-recovery-codes');

/** POST /recovery-codes/verify up to the write: `mfa_verification_failed` for a wrong or used code. */
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
