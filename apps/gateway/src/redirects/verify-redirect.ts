import type { AuthError } from '@usher/contracts/errors';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import { formPairs } from '../http/form.js';
import { formatGoUrl, parseGoUrl } from './go-url.js';
import { encodeForm } from './query-escape.js';

/** RFC 6749 §4.1.2.1 names of HTTP statuses; the others have none (accounts.md §17.2). */
const ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

/** Marks fragments that are from this server. */
const MARK: readonly [string, string] = ['sb', ''];

/** The session in the fragment: that part stays in the browser. */
export function withSession(redirect: string, session: SessionObject, type: string): string {
  const values: [string, string][] = [
    ['access_token', session.access_token],
    ['expires_at', String(session.expires_at)],
    ['expires_in', String(session.expires_in)],
    ['refresh_token', session.refresh_token],
    ['token_type', session.token_type],
    ['type', type],
  ];
  return `${redirect}#${encodeForm([MARK, ...values])}`;
}

/** The code of a PKCE flow in the query, beside what the redirect has there. */
export function withCode(redirect: string, code: string): string {
  return withQuery(redirect, [['code', code]]);
}

/** A message in the fragment, and for PKCE also in the query. */
export function withMessage(redirect: string, message: string, pkce: boolean): string {
  const target = pkce ? withQuery(redirect, [['message', message]]) : redirect;
  return `${target}#${encodeForm([MARK, ['message', message]])}`;
}

/** An error likewise; the fragment is escaped once more than needed, and so do clients expect it. */
export function withError(redirect: string, { status, code, message }: AuthError, pkce: boolean): string {
  const error = ERRORS[status];
  const values: [string, string][] = [
    ...(error ? ([['error', error]] as [string, string][]) : []),
    ...(code ? ([['error_code', code]] as [string, string][]) : []),
    ['error_description', message],
  ];
  const target = pkce ? withQuery(redirect, values) : redirect;
  const bare = target.split('#', 1)[0]!;
  return `${bare}#${encodeForm([MARK, ...values]).replaceAll('%', '%25')}`;
}

/** Sets members of the query; those that were there stay, all sorted by name. */
export function withQuery(redirect: string, values: readonly [string, string][]): string {
  const url = parseGoUrl(redirect);
  if (!url) return redirect;
  const names = new Set(values.map(([name]) => name));
  const kept = [...formPairs(url.query ?? '')].filter(([name]) => !names.has(name));
  return formatGoUrl({ ...url, query: encodeForm([...kept, ...values]) });
}
