/** `SELECT ${SESSION_AS_JSON} AS session FROM sessions s`: a `SessionRow`, or null beside an outer join that found none. */
export const SESSION_AS_JSON = `CASE WHEN s.id IS NOT NULL THEN json_build_object(
  'id', s.id, 'user_id', s.user_id, 'created_at', s.created_at, 'refreshed_at', s.refreshed_at AT TIME ZONE 'UTC', 'not_after', s.not_after,
  'aal', s.aal, 'factor_id', s.factor_id, 'user_agent', s.user_agent, 'ip', host(s.ip), 'tag', s.tag, 'oauth_client_id', s.oauth_client_id,
  'scopes', s.scopes, 'refresh_token_hmac_key', s.refresh_token_hmac_key, 'refresh_token_counter', s.refresh_token_counter) END`;

/** Entries of the `amr` claim of session `s`, newest first. */
export const AMR_AS_JSON = `coalesce((SELECT json_agg(json_build_object('method', a.authentication_method,
  'timestamp', floor(extract(epoch FROM a.updated_at))) ORDER BY a.updated_at DESC) FROM mfa_amr_claims a WHERE a.session_id = s.id), '[]')`;
