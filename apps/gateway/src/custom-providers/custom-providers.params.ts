import { flag, object, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';
import { textList } from '../bodies/text-list.js';

/** POST and PUT /admin/custom-providers (external-providers.md §13.3). */
export const CUSTOM_PROVIDER_PARAMS = struct('AdminCustomOAuthProviderParams', {
  provider_type: text(),
  identifier: text(),
  name: text(),
  client_id: text(),
  client_secret: text(),
  acceptable_client_ids: textList(),
  scopes: textList(),
  pkce_enabled: flag(),
  attribute_mapping: object(),
  custom_claims_allowlist: textList(),
  authorization_params: object(),
  enabled: flag(),
  email_optional: flag(),
  issuer: text(),
  discovery_url: text(),
  skip_nonce_check: flag(),
  authorization_url: text(),
  token_url: text(),
  userinfo_url: text(),
  jwks_uri: text(),
});
