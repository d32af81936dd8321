import type { AuthError } from '@usher/contracts/errors';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import { encodeForm } from '../redirects/query-escape.js';
import { withQuery } from '../redirects/verify-redirect.js';

/** RFC 6749 §4.1.2.1 names of HTTP statuses; all others are `server_error`. */
const ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  503: 'temporarily_unavailable',
};
const DENIED = new Set(['signup_disabled', 'user_banned', 'provider_email_needs_verification']);

/** A failed sign-in in the query (external-providers.md §4.5). */
export function withSsoError(redirect: string, { status, code, message }: AuthError): string {
  const error = code && DENIED.has(code) ? 'access_denied' : (ERRORS[status] ?? 'server_error');
  return withQuery(redirect, [
    ['error', error],
    ...(code ? ([['error_code', code]] as [string, string][]) : []),
    ['error_description', message],
  ]);
}

/** The session in the fragment: that part stays in the browser. */
export function withSsoSession(redirect: string, session: SessionObject): string {
  const values: [string, string][] = [
    ['access_token', session.access_token],
    ['expires_at', String(session.expires_at)],
    ['expires_in', String(session.expires_in)],
    ['refresh_token', session.refresh_token],
    ['sb', ''],
    ['token_type', session.token_type],
  ];
  return `${redirect}#${encodeForm(values)}`;
}
