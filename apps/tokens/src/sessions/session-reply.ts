import { JsonReply } from '@usher/contracts/rpc';
import type { SessionObject } from '@usher/contracts/tokens/sessions.contract';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import type { AccessToken } from '../access-tokens/access-tokens.service.js';

export interface IssuedTokens {
  user: UserObject;
  access: AccessToken;
  refreshToken: string;
  providerToken?: string;
  providerRefreshToken?: string;
  /** Members that only some grants have. */
  extra?: JsonObject;
}

/** The body of tokens-and-sessions.md §4 as text, which goes through the gateway unparsed. */
export function sessionReply(issued: IssuedTokens, headers: Record<string, string>): JsonReply {
  const { user, access, refreshToken, providerToken, providerRefreshToken, extra } = issued;
  const body: SessionObject = {
    access_token: access.token,
    token_type: 'bearer',
    expires_in: access.expiresAt - access.issuedAt,
    expires_at: access.expiresAt,
    refresh_token: refreshToken,
    user,
    provider_token: providerToken || undefined,
    provider_refresh_token: providerRefreshToken || undefined,
  };
  return JsonReply.of({ ...body, ...extra }, headers);
}

/** Tells operators whom a response is about; set on failures as well. */
export function subjectHeaders(userId: string, sessionId?: string): Record<string, string> {
  return { 'sb-auth-user-id': userId, ...(sessionId ? { 'sb-auth-session-id': sessionId } : {}) };
}
