import { AuthError } from '@usher/contracts/errors';

/** Members of the payload that each scope of a query searches (accounts.md §23.2). */
const SCOPES = {
  author: ['actor_username', 'actor_name'],
  action: ['action'],
  type: ['log_type'],
} as const;

export interface AuditQuery {
  members: readonly string[];
  text: string;
}

/** `<scope>:<text>`; undefined where nothing is looked for. Throws `validation_failed` for anything else. */
export function parseAuditQuery(query: string): AuditQuery | undefined {
  if (!query) return undefined;
  const colon = query.indexOf(':');
  const scope = query.slice(0, Math.max(colon, 0));
  if (!isScope(scope)) throw new AuthError('validation_failed', `Invalid query scope: ${query}`);
  const text = query.slice(colon + 1);
  return text ? { members: SCOPES[scope], text } : undefined;
}

function isScope(scope: string): scope is keyof typeof SCOPES {
  return Object.hasOwn(SCOPES, scope);
}
