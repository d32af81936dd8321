import type { JsonObject } from '@usher/contracts/user-object';

/** Parameters that are ours (RFC 6749 §4.1.1, RFC 7636 §4.3): no client may set them. */
const RESERVED = new Set([
  ...['client_id', 'client_secret', 'redirect_uri', 'response_type', 'state'],
  ...['code_challenge', 'code_challenge_method', 'code_verifier'],
]);

/** For the providers that an administrator adds. */
export const RESERVED_FOR_ADMINS: ReadonlySet<string> = new Set([...RESERVED, 'nonce']);

/** The invitation is a secret between its mail and us. */
const PRIVATE = new Set(['provider', 'scopes', 'invite_token']);

/** What of a request's parameters travels on to the provider (external-providers.md §3). */
export function travelling(parameters: readonly [string, string][]): [string, string][] {
  const kept = new Map<string, string>();
  for (const [name, value] of parameters)
    if (!PRIVATE.has(name) && !RESERVED.has(name.toLowerCase()) && !kept.has(name)) kept.set(name, value);
  return [...kept].map(([name, value]) => [name === 'workos_provider' ? 'provider' : name, value]);
}

export interface AuthorizeParts {
  url: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  codeChallenge?: string;
  travelling: readonly [string, string][];
  /** Win over everything else. */
  fixed: JsonObject;
}

export function authorizeUrl(parts: AuthorizeParts): string {
  const values = new Map<string, string>([
    ['response_type', 'code'],
    ['client_id', parts.clientId],
    ['redirect_uri', parts.redirectUri],
    ['state', parts.state],
  ]);
  if (parts.scopes.length) values.set('scope', parts.scopes.join(' '));
  for (const [name, value] of parts.travelling) values.set(name, value);
  if (parts.codeChallenge) {
    values.set('code_challenge', parts.codeChallenge);
    values.set('code_challenge_method', 'S256');
  }
  for (const [name, value] of Object.entries(parts.fixed)) values.set(name, String(value));
  const query = new URLSearchParams([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${parts.url}${parts.url.includes('?') ? '&' : '?'}${query.toString()}`;
}
