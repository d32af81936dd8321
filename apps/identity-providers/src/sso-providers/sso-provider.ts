import type { SsoProviderObject, SsoProviderParams } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { SsoProviderRow } from './sso-provider.entity.js';
import { invalidProvider } from './sso-providers.errors.js';

const NAME_ID_FORMATS = [
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
];

/** Longer ones would make entries of indexes that PostgreSQL refuses. */
const MAX_NAME_LENGTH = 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const RESOURCE = 'resource_';

/** How a path names a provider: by its id, or by the name that the administrator gave it. */
export function readProviderId(id: string): { id: string } | { resourceId: string } | undefined {
  if (id.startsWith(RESOURCE)) return { resourceId: id.slice(RESOURCE.length) };
  return UUID.test(id) ? { id: id.toLowerCase() } : undefined;
}

/** The order of the checks is that of sso-saml.md §6.2. */
export function checkNew(params: SsoProviderParams): void {
  if (params.type !== 'saml') throw invalidProvider("Only 'saml' supported for SSO provider type");
  checkMetadataSource(params);
  if (!params.metadataXml && !params.metadataUrl)
    throw invalidProvider('Either metadata_xml or metadata_url must be set');
  checkMetadataUrl(params.metadataUrl);
  checkRest(params);
}

/** §6.4. */
export function checkChange(params: SsoProviderParams): void {
  checkMetadataSource(params);
  checkMetadataUrl(params.metadataUrl);
  checkRest(params);
}

function checkMetadataSource({ metadataUrl, metadataXml }: SsoProviderParams): void {
  if (metadataXml && metadataUrl) throw invalidProvider('Only one of metadata_xml or metadata_url needs to be set');
}

function checkMetadataUrl(url: string | undefined): void {
  if (!url) return;
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(url)) throw invalidProvider('metadata_url is not a valid URL');
  if (!url.startsWith('https:')) throw invalidProvider('metadata_url is not a HTTPS URL');
  if (!URL.canParse(url)) throw invalidProvider('metadata_url is not a valid URL');
}

function checkRest({ nameIdFormat, domains, resourceId }: SsoProviderParams): void {
  if (nameIdFormat && !NAME_ID_FORMATS.includes(nameIdFormat))
    throw invalidProvider(`name_id_format must be unspecified or one of ${NAME_ID_FORMATS.join(', ')}`);
  if (resourceId && resourceId.length > MAX_NAME_LENGTH) throw invalidProvider('resource_id is too long');
  const seen = new Set<string>();
  for (const domain of domains ?? []) {
    if (!domain) throw invalidProvider('SSO domains must not be empty');
    if (domain.length > MAX_NAME_LENGTH) throw invalidProvider('SSO domain is too long');
    if (seen.has(domain.toLowerCase())) throw invalidProvider(`SSO domain '${domain}' is named twice`);
    seen.add(domain.toLowerCase());
  }
}

export function toProviderObject(row: SsoProviderRow): SsoProviderObject {
  const { id, resource_id, disabled, created_at, updated_at, domains } = row;
  return {
    id,
    ...(resource_id ? { resource_id } : {}),
    disabled,
    saml: {
      entity_id: row.entity_id,
      metadata_xml: row.metadata_xml,
      ...(row.metadata_url ? { metadata_url: row.metadata_url } : {}),
      attribute_mapping: row.attribute_mapping ?? {},
      ...(row.name_id_format ? { name_id_format: row.name_id_format } : {}),
    },
    domains: domains.map((domain) => ({ domain })),
    created_at,
    updated_at,
  };
}

/** In lists and events, where a document of its size has no place. */
export function withoutMetadata({ saml, ...provider }: SsoProviderObject): SsoProviderObject {
  return { ...provider, saml: { ...saml, metadata_xml: undefined } };
}
