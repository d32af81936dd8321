const CORE = 'urn:ietf:params:scim:schemas:core:2.0:';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0:';

/** RFC 7643 §5: nothing but discovery is supported yet (oauth-server.md §11). */
export function serviceProviderConfig(externalUrl: string): object {
  return {
    schemas: [`${CORE}ServiceProviderConfig`],
    patch: { supported: false },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: false, maxResults: 0 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'Authentication scheme using the OAuth Bearer Token Standard',
        specUri: 'http://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: {
      resourceType: 'ServiceProviderConfig',
      location: `${externalUrl.replace(/\/+$/, '')}/scim/v2/ServiceProviderConfig`,
    },
  };
}

/** RFC 7644 §3.4.2. */
export const EMPTY_LIST = {
  schemas: [`${MESSAGES}ListResponse`],
  totalResults: 0,
  startIndex: 1,
  itemsPerPage: 0,
  Resources: [],
};

/** RFC 7644 §3.12. */
export function scimError(status: number, detail: string): object {
  return { schemas: [`${MESSAGES}Error`], detail, status: String(status) };
}
