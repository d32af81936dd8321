import { AuthError } from '@usher/contracts/errors';

const badState = (message: string): AuthError => new AuthError('bad_oauth_state', message);

export const stateMissing = (): AuthError => new AuthError('bad_oauth_callback', 'OAuth state parameter missing');
export const stateInvalid = (): AuthError => badState('OAuth state parameter is invalid');
export const stateUnknown = (): AuthError => badState('OAuth state not found or expired');
export const stateExpired = (): AuthError => badState('OAuth state has expired');
export const stateUsed = (): AuthError =>
  new AuthError('flow_state_already_used', 'State has already been used', { status: 400 });

export const codeMissing = (): AuthError =>
  new AuthError('bad_oauth_callback', 'OAuth callback with missing authorization code missing');

export const unsupported = (reason: string, code: 'validation_failed' | 'oauth_provider_not_supported'): AuthError =>
  new AuthError(code, `Unsupported provider: ${reason}`);

export const clientStateGone = (): AuthError =>
  new AuthError('oauth_client_state_not_found', 'OAuth state not found', { status: 422 });
export const clientStateExpired = (): AuthError => new AuthError('oauth_client_state_expired', 'OAuth state expired');
export const providerMismatch = (): AuthError => new AuthError('oauth_invalid_state', 'OAuth provider mismatch');
export const verifierMissing = (): AuthError =>
  new AuthError('oauth_invalid_state', 'OAuth PKCE code verifier missing');

/** What the provider said stays in the log. */
export const exchangeFailed = (code: string, cause: unknown): AuthError =>
  new AuthError('unexpected_failure', `Unable to exchange external code: ${code.slice(0, 4)}`, { cause });
export const profileFailed = (cause: unknown): AuthError =>
  new AuthError('unexpected_failure', 'Error getting user profile from external provider', { cause });
export const emailFailed = (): AuthError =>
  new AuthError('unexpected_failure', 'Error getting user email from external provider');
export const subjectMissing = (): AuthError =>
  new AuthError(null, 'error missing provider id', { status: 500, oauthError: 'server_error' });
