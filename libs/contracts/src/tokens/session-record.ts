/** `record` of session events: the session without what signs its refresh tokens. Times are RFC 3339. */
export interface SessionRecord {
  id: string;
  user_id: string;
  created_at: string | null;
  refreshed_at: string | null;
  not_after: string | null;
  aal: string | null;
  factor_id: string | null;
  user_agent: string | null;
  ip: string | null;
  tag: string | null;
  oauth_client_id: string | null;
  scopes: string | null;
}
