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

export interface RefreshSessionInput {
  refreshToken: string;
}

/** POST /token?grant_type=refresh_token (tokens-and-sessions.md §7). Reply headers, also of errors: `sb-auth-*`. */
export const refreshSession = rpc<RefreshSessionInput, SessionObject>('tokens', 'refresh-session');

export interface LogOutInput {
  bearer: Bearer;
  /** As given, '' when absent. */
  scope: string;
}

/** POST /logout (tokens-and-sessions.md §10). */
export const logOut = rpc<LogOutInput, Record<string, never>>('tokens', 'log-out');

export interface EndSessionsInput {
  userId: string;
  /** The one that stays. */
  keepSessionId: string | null;
  /** Goes into the events: `password_changed`, `user_deleted` … */
  reason: string;
}

/** Ends sessions of a user because something else happened (changed password, ban, deletion …). */
export const endSessions = rpc<EndSessionsInput, { ended: number }>('tokens', 'end-sessions', { idempotent: true });

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
