import { rpc } from '../rpc.js';
import type { Json } from '../user-object.js';

/** Where one claim comes from (sso-saml.md §6.3): the first of the names with a value, else the default. */
export interface MappedAttribute {
  name?: string;
  names?: string[];
  default?: Json;
  /** All values instead of the first. */
  array?: boolean;
}

export interface AttributeMapping {
  keys?: Record<string, MappedAttribute>;
}

/** An identity provider as administrators see it (§6.1). */
export interface SsoProviderObject {
  id: string;
  resource_id?: string;
  /** null counts as false. */
  disabled: boolean | null;
  saml: {
    entity_id: string;
    /** Left out in lists and events. */
    metadata_xml?: string;
    metadata_url?: string;
    attribute_mapping: AttributeMapping;
    name_id_format?: string;
  };
  domains: { domain: string }[];
  created_at: string;
  updated_at: string;
}

/** Body of a creation or change; what is absent stays as it is. */
export interface SsoProviderParams {
  type?: string;
  metadataUrl?: string;
  metadataXml?: string;
  domains?: string[];
  attributeMapping?: AttributeMapping;
  nameIdFormat?: string;
  resourceId?: string;
  disabled?: boolean;
}

/** GET /admin/sso/providers; '' for no filter. */
export const listSsoProviders = rpc<{ resourceId: string; resourceIdPrefix: string }, { items: SsoProviderObject[] }>(
  'identity-providers',
  'list-sso-providers',
  { idempotent: true },
);

/** POST /admin/sso/providers (§6.2). */
export const createSsoProvider = rpc<{ params: SsoProviderParams }, SsoProviderObject>(
  'identity-providers',
  'create-sso-provider',
);

/** GET /admin/sso/providers/{id}: a UUID or `resource_…`. */
export const getSsoProvider = rpc<{ id: string }, SsoProviderObject>('identity-providers', 'get-sso-provider', {
  idempotent: true,
});

/** PUT /admin/sso/providers/{id} (§6.4). */
export const updateSsoProvider = rpc<{ id: string; params: SsoProviderParams }, SsoProviderObject>(
  'identity-providers',
  'update-sso-provider',
);

/** DELETE /admin/sso/providers/{id}: the provider as it was. */
export const deleteSsoProvider = rpc<{ id: string }, SsoProviderObject>('identity-providers', 'delete-sso-provider');
