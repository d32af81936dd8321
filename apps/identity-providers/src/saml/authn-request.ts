import { randomBytes, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { NS } from '../xml/elements.js';
import { content, element } from './markup.js';
import type { ServiceProvider } from './service-provider.js';

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const ENTITY = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';
const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

export interface AuthnRequest {
  id: string;
  destination: string;
  nameIdFormat: string | null;
}

export function newRequestId(): string {
  return `id-${randomBytes(20).toString('hex')}`;
}

/** SAML core §3.4.1, as sso-saml.md §3.1 has it. */
function toXml({ id, destination, nameIdFormat }: AuthnRequest, sp: ServiceProvider, now: Date): string {
  return element(
    'samlp:AuthnRequest',
    {
      ...{ 'xmlns:saml': NS.assertion, 'xmlns:samlp': NS.protocol, ID: id, Version: '2.0' },
      ...{ IssueInstant: now.toISOString(), Destination: destination },
      ...{ AssertionConsumerServiceURL: sp.acsUrl, ProtocolBinding: POST_BINDING },
    },
    element('saml:Issuer', { Format: ENTITY }, content(sp.entityId)),
    element('samlp:NameIDPolicy', { Format: nameIdFormat ?? PERSISTENT, AllowCreate: 'true' }),
  );
}

/**
 * The URL of the identity provider with the request (HTTP-Redirect binding, SAML bindings §3.4.4). Signed by SHA-256, where the reference still uses SHA-1,
 * over the whole query, what the identity provider has in its address included.
 */
export function requestUrl(request: AuthnRequest, relayState: string, sp: ServiceProvider, now: Date): string {
  const deflated = deflateRawSync(toXml(request, sp, now)).toString('base64');
  const signed = [
    `SAMLRequest=${encodeURIComponent(deflated)}`,
    `RelayState=${encodeURIComponent(relayState)}`,
    `SigAlg=${encodeURIComponent(RSA_SHA256)}`,
  ].join('&');
  const [place, query] = splitQuery(request.destination);
  const covered = query ? `${query}&${signed}` : signed;
  const signature = sign('sha256', Buffer.from(covered), sp.primary.key).toString('base64');
  return `${place}?${covered}&Signature=${encodeURIComponent(signature)}`;
}

function splitQuery(url: string): [string, string] {
  const bare = url.split('#', 1)[0]!;
  const at = bare.indexOf('?');
  return at < 0 ? [bare, ''] : [bare.slice(0, at), bare.slice(at + 1)];
}
