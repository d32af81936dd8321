import { AuthError } from '@usher/contracts/errors';
import type { Bearer } from '@usher/contracts/request-context';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import { NIL_UUID, canonicalUuid } from './uuid.js';

/** The claims that services look at, without any check of what they say. Throws when one has the wrong JSON type. */
export function readClaims(claims: JsonObject): Bearer {
  const clientId = text(claims, 'client_id');
  return {
    sub: text(claims, 'sub'),
    sessionId: text(claims, 'session_id') || null,
    role: text(claims, 'role'),
    aud: audiences(claims.aud),
    aal: text(claims, 'aal'),
    ...(clientId ? { clientId } : {}),
    ...(claims.is_anonymous === true ? { isAnonymous: true } : {}),
  };
}

/** The token's user and session, checked for form (accounts.md §4.3). */
export function identify(bearer: Bearer): Bearer {
  if (!bearer.sub) throw new AuthError('bad_jwt', 'invalid claim: missing sub claim');
  const sub = canonicalUuid(bearer.sub);
  if (!sub) throw new AuthError('bad_jwt', 'invalid claim: sub claim must be a UUID', { status: 400 });
  return { ...bearer, sub, sessionId: sessionOf(bearer) };
}

/** null for a token without a session. */
export function sessionOf({ sessionId }: Bearer): string | null {
  if (!sessionId) return null;
  const session = canonicalUuid(sessionId);
  if (!session) throw new AuthError('bad_jwt', 'invalid claim: session_id claim must be a UUID');
  return session === NIL_UUID ? null : session;
}

function text(claims: JsonObject, name: string): string {
  const value = claims[name];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw malformed(name);
  return value;
}

/** RFC 7519 §4.1.3: one or several. */
function audiences(aud: Json | undefined): string[] {
  if (aud === undefined || aud === null) return [];
  const all = Array.isArray(aud) ? aud : [aud];
  return all.map((value) => {
    if (typeof value !== 'string') throw malformed('aud');
    return value;
  });
}

function malformed(name: string): AuthError {
  const detail = `token is malformed: could not JSON decode claim: ${name} has the wrong type`;
  return new AuthError('bad_jwt', `invalid JWT: unable to parse or verify signature, ${detail}`);
}
