import { AuthError, oauthError } from '@usher/contracts/errors';
import type { SessionState } from '../sessions/session.js';

const text = (detail: string): string => `Invalid Refresh Token: ${detail}`;

export const malformed = (): AuthError => new AuthError('validation_failed', 'Refresh token is not valid');

export const notFound = (): AuthError => new AuthError('refresh_token_not_found', text('Refresh Token Not Found'));

export const noSession = (): AuthError =>
  new AuthError('session_not_found', text('No Valid Session Found'), { status: 400 });

export const banned = (): AuthError => new AuthError('user_banned', text('User Banned'), { status: 400 });

export const notOurs = (): AuthError => new AuthError('validation_failed', text('Not Issued By This Server'));

export const alreadyUsed = (): AuthError => new AuthError('refresh_token_already_used', text('Already Used'));

export const newerLogin = (): AuthError =>
  new AuthError('session_expired', text('Session Expired (Revoked by Newer Login)'));

export const tooManyAtOnce = (): AuthError =>
  new AuthError('conflict', 'Too many concurrent token refresh requests on the same session or refresh token');

export const clientRequired = (): AuthError =>
  oauthError('invalid_client', 'Client authentication required for OAuth session');

const OVER: Record<Exclude<SessionState, 'valid'>, string> = {
  expired: 'Session Expired',
  inactive: 'Session Expired (Inactivity)',
  'low-aal': 'Session Expired (Low AAL: User Needs MFA Verification)',
};

export const sessionOver = (state: Exclude<SessionState, 'valid'>): AuthError =>
  new AuthError('session_expired', text(OVER[state]));
