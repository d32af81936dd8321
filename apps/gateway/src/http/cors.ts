import type { FastifyReply, FastifyRequest } from 'fastify';

const ALLOWED_METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

const ALLOWED_HEADERS = [
  'Accept',
  'Authorization',
  'Content-Type',
  'X-Client-IP',
  'X-Client-Info',
  'X-JWT-AUD',
  'x-use-cookie',
  'X-Supabase-Api-Version',
];

/** Names of allowed request headers, in lower case. */
export type CorsPolicy = ReadonlySet<string>;

export function corsPolicy(further: readonly string[]): CorsPolicy {
  return new Set([...ALLOWED_HEADERS, ...further].map((name) => name.trim().toLowerCase()));
}

/** Any origin: access needs a token in a header, which no browser adds by itself (accounts.md §2.5). */
export function setCorsHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('vary', 'Origin');
  if (request.headers.origin === undefined || request.method === 'OPTIONS') return;
  reply
    .header('access-control-allow-origin', '*')
    .header('access-control-allow-credentials', 'true')
    .header('access-control-expose-headers', 'X-Total-Count, Link, X-Supabase-Api-Version');
}

/** True when the request was a preflight and is answered. What is not allowed is not told, the browser then refuses. */
export function answerPreflight(policy: CorsPolicy, request: FastifyRequest, reply: FastifyReply): boolean {
  const method = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || !method) return false;
  reply.header('vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
  const headers = request.headers['access-control-request-headers'] ?? '';
  if (request.headers.origin !== undefined && ALLOWED_METHODS.has(method) && allAllowed(policy, headers)) {
    reply.header('access-control-allow-origin', '*').header('access-control-allow-methods', method);
    if (headers) reply.header('access-control-allow-headers', headers);
    reply.header('access-control-allow-credentials', 'true');
  }
  reply.code(204).send();
  return true;
}

function allAllowed(policy: CorsPolicy, list: string): boolean {
  return list === '' || list.split(',').every((name) => policy.has(name.trim().toLowerCase()));
}
