import type { JsonObject, UserObject } from '@usher/contracts/user-object';

/** An entry of the `amr` claim; `timestamp` in Unix seconds. */
export interface AmrEntry {
  method: string;
  timestamp: number;
  provider?: string;
}

/** What of a session is told in its access tokens. */
export interface TokenSession {
  id: string;
  /** null: unknown, as old as can be. */
  created_at: string | null;
  oauth_client_id: string | null;
  scopes: string | null;
}

export type Aal = 'aal1' | 'aal2';

export interface TokenLifetime {
  /** Seconds. */
  exp: number;
  /** ms from the opening of the session, for a session below the level that the user's factors allow; null = no limit. */
  allowLowAal: number | null;
}

/** `mfa/recovery_code` is ours: a code that stands in for a factor that is lost. */
const SECOND_FACTORS = new Set(['totp', 'mfa/phone', 'mfa/webauthn', 'mfa/recovery_code']);

/** The level that the methods of a session give (tokens-and-sessions.md §9.2). */
export function aalOf(amr: readonly AmrEntry[]): Aal {
  return amr.some(({ method }) => SECOND_FACTORS.has(method)) ? 'aal2' : 'aal1';
}

/** The level that the user could reach. */
export function highestAal(user: Pick<UserObject, 'factors'>): Aal {
  return user.factors?.some(({ status }) => status === 'verified') ? 'aal2' : 'aal1';
}

/** The entries with the SSO provider named, where there can be only one. */
export function withProvider(amr: readonly AmrEntry[], { identities }: Pick<UserObject, 'identities'>): AmrEntry[] {
  const [only, ...others] = identities ?? [];
  if (!only || others.length || !only.provider.startsWith('sso:')) return [...amr];
  const provider = only.provider.slice('sso:'.length);
  return amr.map((entry) => (entry.method === 'sso/saml' ? { ...entry, provider } : entry));
}

/** Claims of an access token (tokens-and-sessions.md §1.2). Of the metadata nothing can take the place of a claim: it stays below its own name. */
export function accessTokenClaims(
  user: UserObject,
  session: TokenSession,
  amr: readonly AmrEntry[],
  issuer: string,
  lifetime: TokenLifetime,
  now: Date,
): JsonObject & { exp: number } {
  const aal = aalOf(amr);
  const iat = Math.floor(now.getTime() / 1000);
  return {
    ...(issuer ? { iss: issuer } : {}),
    sub: user.id,
    aud: user.aud,
    exp: expiry(iat, session, aal >= highestAal(user), lifetime),
    iat,
    email: user.email,
    phone: user.phone,
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    role: user.role,
    aal,
    ...(amr.length ? { amr: withProvider(amr, user).map((entry): JsonObject => ({ ...entry })) } : {}),
    session_id: session.id,
    is_anonymous: user.is_anonymous,
    ...(session.oauth_client_id ? { client_id: session.oauth_client_id } : {}),
    ...(session.scopes ? { scope: session.scopes } : {}),
  };
}

function expiry(iat: number, session: TokenSession, highEnough: boolean, { exp, allowLowAal }: TokenLifetime): number {
  if (highEnough || !allowLowAal) return iat + exp;
  const limit = Math.floor((Date.parse(session.created_at ?? '') + allowLowAal) / 1000);
  return Math.min(iat + exp, Number.isNaN(limit) ? iat : limit);
}
