/**
 * SQL condition for session `s`: no used refresh token of it came back. Then all its version 1 tokens are revoked, while the row stays, because clients of
 * the reference find it; whoever asks whether a session exists asks for this as well, so that its access tokens end with it.
 */
export const liveSession = (s: string): string => `(${s}.refresh_token_counter IS NOT NULL
  OR EXISTS (SELECT 1 FROM refresh_tokens live WHERE live.session_id = ${s}.id AND live.revoked = false)
  OR NOT EXISTS (SELECT 1 FROM refresh_tokens past WHERE past.session_id = ${s}.id AND past.revoked))`;
