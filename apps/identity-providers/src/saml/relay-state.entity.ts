/** A row of `auth.saml_relay_states`: one request that is under way. */
export interface RelayStateRow {
  id: string;
  sso_provider_id: string;
  request_id: string;
  redirect_to: string | null;
  flow_state_id: string | null;
  created_at: string;
}
