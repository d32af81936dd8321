import { rpc } from '../rpc.js';
import type { JsonObject } from '../user-object.js';

/** A provider that an administrator added (external-providers.md §13.1); the client secret is never shown. */
export interface CustomProviderObject {
  id: string;
  provider_type: string;
  identifier: string;
  name: string;
  client_id: string;
  acceptable_client_ids: string[];
  scopes: string[];
  pkce_enabled: boolean;
  attribute_mapping: JsonObject;
  custom_claims_allowlist: string[];
  authorization_params: JsonObject;
  enabled: boolean;
  email_optional: boolean;
  issuer?: string;
  discovery_url?: string;
  skip_nonce_check: boolean;
  discovery_document?: JsonObject;
  authorization_url?: string;
  token_url?: string;
  userinfo_url?: string;
  jwks_uri?: string;
  created_at: string;
  updated_at: string;
}

/** Body of a creation or change; what is absent stays as it is. */
export interface CustomProviderParams {
  provider_type?: string;
  identifier?: string;
  name?: string;
  client_id?: string;
  client_secret?: string;
  acceptable_client_ids?: string[];
  scopes?: string[];
  pkce_enabled?: boolean;
  attribute_mapping?: JsonObject;
  custom_claims_allowlist?: string[];
  authorization_params?: JsonObject;
  enabled?: boolean;
  email_optional?: boolean;
  issuer?: string;
  discovery_url?: string;
  skip_nonce_check?: boolean;
  authorization_url?: string;
  token_url?: string;
  userinfo_url?: string;
  jwks_uri?: string;
}

/** GET /admin/custom-providers; `type` is '' for all. */
export const listCustomProviders = rpc<{ type: string }, { providers: CustomProviderObject[] }>(
  'identity-providers',
  'list-custom-providers',
  { idempotent: true },
);

/** POST /admin/custom-providers (§13.3). */
export const createCustomProvider = rpc<{ params: CustomProviderParams }, CustomProviderObject>(
  'identity-providers',
  'create-custom-provider',
);

/** GET /admin/custom-providers/{identifier}. */
export const getCustomProvider = rpc<{ identifier: string }, CustomProviderObject>(
  'identity-providers',
  'get-custom-provider',
  { idempotent: true },
);

/** PUT /admin/custom-providers/{identifier} (§13.4). */
export const updateCustomProvider = rpc<{ identifier: string; params: CustomProviderParams }, CustomProviderObject>(
  'identity-providers',
  'update-custom-provider',
);

/** DELETE /admin/custom-providers/{identifier}. */
export const deleteCustomProvider = rpc<{ identifier: string }, Record<string, never>>(
  'identity-providers',
  'delete-custom-provider',
);
