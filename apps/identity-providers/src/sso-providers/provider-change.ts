import type { SsoProviderObject, SsoProviderParams } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { NewEvent } from '@usher/contracts/events/event';
import type { SsoProviderRow } from './sso-provider.entity.js';
import { toProviderObject, withoutMetadata } from './sso-provider.js';
import type { SamlColumns } from './sso-providers.repository.js';

/** What a change makes of the SAML part, or undefined when it leaves it alone. */
export function changedSaml(
  row: SsoProviderRow,
  params: SsoProviderParams,
  metadataXml: string | undefined,
): SamlColumns | undefined {
  const before = samlOf(row);
  const after = {
    metadataXml: metadataXml ?? before.metadataXml,
    metadataUrl: params.metadataUrl || before.metadataUrl,
    attributeMapping: params.attributeMapping?.keys ? params.attributeMapping : before.attributeMapping,
    nameIdFormat: params.nameIdFormat === undefined ? before.nameIdFormat : params.nameIdFormat || null,
  };
  return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}

export function samlOf(row: SsoProviderRow): SamlColumns {
  return {
    metadataXml: row.metadata_xml,
    metadataUrl: row.metadata_url,
    attributeMapping: row.attribute_mapping ?? {},
    nameIdFormat: row.name_id_format,
  };
}

/** Which domains come and which go; undefined leaves them alone. */
export function changedDomains(row: SsoProviderRow, wanted: string[] | undefined): { added: string[]; gone: string[] } {
  if (!wanted) return { added: [], gone: [] };
  return {
    added: wanted.filter((domain) => !row.domains.includes(domain)),
    gone: row.domains.filter((domain) => !wanted.includes(domain)),
  };
}

export function providerUpdated(before: SsoProviderRow, after: SsoProviderRow): NewEvent {
  const [old, record] = [toProviderObject(before), toProviderObject(after)];
  const previous: Partial<SsoProviderObject> = {};
  if (old.resource_id !== record.resource_id) previous.resource_id = old.resource_id;
  if (old.disabled !== record.disabled) previous.disabled = old.disabled;
  if (JSON.stringify(old.saml) !== JSON.stringify(record.saml)) previous.saml = withoutMetadata(old).saml;
  if (JSON.stringify(old.domains) !== JSON.stringify(record.domains)) previous.domains = old.domains;
  const changed = (['resource_id', 'disabled', 'saml', 'domains'] as const).filter((name) => name in previous);
  return { type: 'sso_provider.updated', subject: after.id, record: withoutMetadata(record), previous, changed };
}
