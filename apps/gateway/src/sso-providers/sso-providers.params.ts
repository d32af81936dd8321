import { flag, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';
import { textList } from '../bodies/text-list.js';
import { attributeMapping } from './attribute-mapping.js';

/** POST and PUT /admin/sso/providers (sso-saml.md §6.2). */
export const SSO_PROVIDER_PARAMS = struct('CreateSSOProviderParams', {
  type: text(),
  metadata_url: text(),
  metadata_xml: text(),
  domains: textList(),
  attribute_mapping: attributeMapping(),
  name_id_format: text(),
  resource_id: text(),
  disabled: flag(),
});
