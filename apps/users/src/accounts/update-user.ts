import { AuthError } from '@usher/contracts/errors';
import type { UpdateCurrentUserInput } from '@usher/contracts/users/accounts.contract';
import type { CurrentUser } from './current-user.js';

const REAUTHENTICATE_AFTER_MS = 24 * 3600 * 1000;

/** Methods after which the present password is not asked for: the person could not know it. */
const RECOVERY_METHODS = ['otp', 'magiclink', 'recovery'];

/** What a request changes, after normalisation; same values as before are no change. */
export interface UserChange {
  email?: string;
  phone?: string;
  password?: string;
}

/** Steps 2 to 5 of accounts.md §20.2. */
export function checkPermitted(
  user: CurrentUser,
  input: UpdateCurrentUserInput,
  change: UserChange,
  adminGroup: string,
  audience: string,
): void {
  if (input.appMetadata && !(user.aud === audience && user.role === adminGroup))
    throw new AuthError('not_admin', 'Updating app_metadata requires admin privileges');
  const sensitive = change.password !== undefined || change.email !== undefined || change.phone !== undefined;
  const verifiedFactor = user.factors.some((factor) => factor.status === 'verified');
  if (sensitive && verifiedFactor && user.session?.aal !== 'aal2') {
    throw new AuthError(
      'insufficient_aal',
      'AAL2 session is required to update email or password when MFA is enabled.',
    );
  }
  if (user.is_anonymous && change.password !== undefined && !input.email && !input.phone) {
    const message = 'Updating password of an anonymous user without an email or phone is not allowed';
    throw new AuthError('validation_failed', message, { status: 422 });
  }
  if (user.is_sso_user && (sensitive || input.nonce))
    throw new AuthError('user_sso_managed', 'Updating email, phone, password of a SSO account only possible via SSO');
}

export function needsReauthentication(user: CurrentUser, now: Date): boolean {
  return !user.session || now.getTime() - Date.parse(user.session.created_at) > REAUTHENTICATE_AFTER_MS;
}

export function isRecoverySession(user: CurrentUser): boolean {
  return user.session?.methods.some((method) => RECOVERY_METHODS.includes(method)) ?? false;
}

/** Columns that a changed password empties: no code sent earlier may undo it (accounts.md §10.5). */
export const WIPED_TOKENS = {
  confirmation_token: '',
  confirmation_sent_at: null,
  recovery_token: '',
  recovery_sent_at: null,
  email_change_token_new: '',
  email_change_token_current: '',
  email_change_sent_at: null,
  phone_change_token: '',
  phone_change_sent_at: null,
  reauthentication_token: '',
  reauthentication_sent_at: null,
} as const;
