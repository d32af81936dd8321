import type { JsonObject } from '@usher/contracts/user-object';

/** A row of `auth.custom_oauth_providers`. */
export interface CustomProviderRow {
  id: string;
  provider_type: 'oauth2' | 'oidc';
  identifier: string;
  name: string;
  client_id: string;
  client_secret: string;
  acceptable_client_ids: string[] | null;
  scopes: string[] | null;
  pkce_enabled: boolean;
  attribute_mapping: JsonObject | null;
  custom_claims_allowlist: string[] | null;
  authorization_params: JsonObject | null;
  enabled: boolean;
  email_optional: boolean;
  issuer: string | null;
  discovery_url: string | null;
  skip_nonce_check: boolean;
  cached_discovery: JsonObject | null;
  discovery_cached_at: string | null;
  authorization_url: string | null;
  token_url: string | null;
  userinfo_url: string | null;
  jwks_uri: string | null;
  created_at: string;
  updated_at: string;
}
