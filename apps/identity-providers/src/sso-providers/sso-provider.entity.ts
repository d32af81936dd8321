import type { AttributeMapping } from '@usher/contracts/identity-providers/sso-providers.contract';

/** A provider: its rows of `auth.sso_providers`, `auth.saml_providers` and `auth.sso_domains` in one. */
export interface SsoProviderRow {
  id: string;
  resource_id: string | null;
  disabled: boolean | null;
  created_at: string;
  updated_at: string;
  entity_id: string;
  metadata_xml: string;
  metadata_url: string | null;
  attribute_mapping: AttributeMapping | null;
  name_id_format: string | null;
  /** When the metadata were last written. */
  saml_updated_at: string;
  domains: string[];
}
