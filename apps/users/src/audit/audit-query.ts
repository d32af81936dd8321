import { AuthError } from '@usher/contracts/errors';

/** Members of an entry's payload that each scope looks into (accounts.md §23.2). */
export const AUDIT_SCOPES = {
  author: ['actor_username', 'actor_name'],
  action: ['action'],
  type: ['log_type'],
} as const;
export type AuditScope = keyof typeof AUDIT_SCOPES;

export interface AuditQuery {
  scope: AuditScope;
  text: string;
}

/** `<scope>:<text>`; undefined when nothing is searched for. */
export function parseAuditQuery(query: string): AuditQuery | undefined {
  if (!query) return undefined;
  const colon = query.indexOf(':');
  const scope = query.slice(0, Math.max(colon, 0));
  if (!isScope(scope)) throw new AuthError('validation_failed', `Invalid query scope: ${query}`);
  const text = query.slice(colon + 1);
  return text ? { scope, text } : undefined;
}

function isScope(name: string): name is AuditScope {
  return Object.hasOwn(AUDIT_SCOPES, name);
}
