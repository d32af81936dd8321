import type { AuthError } from '@usher/contracts/errors';
import type { ProviderTokens } from '@usher/contracts/identity-providers/oauth.contract';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import { encodeForm } from './query-escape.js';
import { withQuery } from './verify-redirect.js';

/** external-providers.md §4.5; every other status is the server's fault. */
const ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  503: 'temporarily_unavailable',
};

/** What somebody may not do, whatever the status. */
const DENIED: ReadonlySet<string | null> = new Set([
  'signup_disabled',
  'user_banned',
  'provider_email_needs_verification',
]);

function valuesOf({ code, message, oauthError, status }: AuthError): [string, string][] {
  if (oauthError) {
    return [
      ['error', oauthError],
      ['error_description', message],
    ];
  }
  return [
    ['error', DENIED.has(code) ? 'access_denied' : (ERRORS[status] ?? 'server_error')],
    ['error_description', message],
    ...(code ? ([['error_code', code]] as [string, string][]) : []),
  ];
}

/** An error of a callback in query and fragment; the fragment is escaped once more than needed, and so do clients expect it. */
export function withCallbackError(redirect: string, error: AuthError): string {
  const values = valuesOf(error);
  const shown = values.filter(([, value]) => value !== '');
  const fragment = encodeForm([['sb', ''], ...shown]).replaceAll('%', '%25');
  return `${withQuery(redirect, values).split('#', 1)[0]}#${fragment}`;
}

/** An error before it is known where the flow came from: in the query only. */
export function withStateError(siteUrl: string, error: AuthError): string {
  return withQuery(siteUrl, valuesOf(error));
}

/** Session and provider tokens in the fragment: that part stays in the browser. */
export function withProviderSession(redirect: string, session: SessionObject, tokens: ProviderTokens): string {
  const values: [string, string][] = [
    ['access_token', session.access_token],
    ['expires_at', String(session.expires_at)],
    ['expires_in', String(session.expires_in)],
    ['provider_token', tokens.accessToken],
    ['refresh_token', session.refresh_token],
    ['sb', ''],
    ['token_type', session.token_type],
  ];
  if (tokens.refreshToken) values.push(['provider_refresh_token', tokens.refreshToken]);
  return `${redirect}#${encodeForm(values)}`;
}
