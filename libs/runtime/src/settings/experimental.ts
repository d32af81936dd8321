import { bool, list, textMap } from './parse.js';
import type { TextMap, ValueType } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const experimentalSettings = concern({
  title: 'Experimental',
  variables: {
    providerLinkingDomains: variable({
      name: 'GOTRUE_EXPERIMENTAL_PROVIDER_LINKING_DOMAINS',
      type: linkingDomains(),
      help: 'providers of one domain link among themselves only',
    }),
    providersWithOwnLinkingDomain: variable({
      name: 'GOTRUE_EXPERIMENTAL_PROVIDERS_WITH_OWN_LINKING_DOMAIN',
      type: list(),
      help: 'each becomes `provider=provider` unless mapped above (deprecated)',
    }),
    cursorPaginationEnabled: variable({
      name: 'GOTRUE_EXPERIMENTAL_CURSOR_PAGINATION_ENABLED',
      type: bool(),
      help: 'keyset paging of `GET /admin/users` without `page` and `per_page`',
    }),
    scimEnabled: variable({
      name: 'GOTRUE_EXPERIMENTAL_SCIM_ENABLED',
      type: bool(),
      help: '`/scim/v2` discovery endpoints',
    }),
    createEmailIdentityOnPasswordSet: variable({
      name: 'GOTRUE_EXPERIMENTAL_CREATE_EMAIL_IDENTITY_ON_PASSWORD_SET_ENABLED',
      type: bool(),
      help: 'the first password of a confirmed user adds the e-mail identity',
    }),
  },
  complete(experimental) {
    const own = experimental.providersWithOwnLinkingDomain.map((provider): [string, string] => [provider, provider]);
    const mapped = Object.entries(experimental.providerLinkingDomains);
    return { ...experimental, providerLinkingDomains: textMap([...own, ...mapped]) };
  },
});

export type ExperimentalSettings = ValuesOf<typeof experimentalSettings>;

/** `provider=domain,…`: not a `map`, because names of custom providers hold a colon. */
function linkingDomains(): ValueType<TextMap> {
  const parse = (text: string) => textMap(text.trim() === '' ? [] : text.split(',').map(linkingDomain));
  return { kind: '`p=d,p=d`', zero: textMap([]), parse };
}

function linkingDomain(pair: string): [string, string] {
  const separator = pair.indexOf('=');
  if (separator < 0) throw new Error(`${JSON.stringify(pair)} is not of the form "provider=domain"`);
  const provider = pair.slice(0, separator).trim();
  const domain = pair.slice(separator + 1).trim();
  if (provider === '' || domain === '') throw new Error(`${JSON.stringify(pair)}: provider or domain is empty`);
  return [provider, domain];
}
