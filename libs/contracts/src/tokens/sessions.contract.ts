import { rpc } from '../rpc.js';
import type { Bearer } from '../request-context.js';
import type { SignIn } from '../sign-in.js';
import type { JsonObject, UserObject } from '../user-object.js';

/** accounts.md §13.4. */
export interface SessionObject {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  expires_at: number;
  refresh_token: string;
  user: UserObject;
  provider_token?: string;
  provider_refresh_token?: string;
  weak_password?: { message: string; reasons: string[] } | null;
}

/** Members that only some grants add to the session object. */
export interface OpenSessionInput {
  signIn: SignIn;
  extra?: JsonObject;
}

/** Session, first refresh token, AMR entry and access token in one transaction (accounts.md §14.1). Reply headers: `sb-auth-*`. */
export const openSession = rpc<OpenSessionInput, SessionObject>('tokens', 'open-session');

/** POST /token?grant_type=refresh_token (tokens-and-sessions.md §7). */
export const refreshSession = rpc<{ refreshToken: string }, SessionObject>('tokens', 'refresh-session');

/** POST /logout (tokens-and-sessions.md §10): `scope` as given, '' when absent. */
export const logOut = rpc<{ bearer: Bearer; scope: string }, Record<string, never>>('tokens', 'log-out');

/** Ends sessions of a user because something else happened (changed password, ban, deletion …); `keepSessionId` stays. */
export const endSessions = rpc<{ userId: string; keepSessionId: string | null; reason: string }, { ended: number }>(
  'tokens',
  'end-sessions',
  { idempotent: true },
);

/** The session part of the administrator check (accounts.md §4.4): fails with `session_expired` and its like. */
export const checkSession = rpc<{ bearer: Bearer }, Record<string, never>>('tokens', 'check-session', {
  idempotent: true,
});

/** GET /.well-known/jwks.json. */
export const getJwks = rpc<Record<string, never>, { keys: JsonObject[] }>('tokens', 'get-jwks', { idempotent: true });

/** GET /.well-known/openid-configuration. */
export const getOpenidConfiguration = rpc<Record<string, never>, JsonObject>('tokens', 'get-openid-configuration', {
  idempotent: true,
});
