import type { Document, Element } from '@xmldom/xmldom';
import { attribute, child, children, descendants, is, NS, textOf } from '../xml/elements.js';
import { badMetadata } from './sso-providers.errors.js';

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** What we need to know of an identity provider, from its metadata (sso-saml.md §6.2). */
export interface IdpMetadata {
  entityId: string;
  /** Where its sign-in is asked for by a redirect; '' when it has no such place. */
  redirectUrl: string;
  /** Base64 of DER, without blanks: of keys for signing, and of those that name no use. */
  signingCertificates: string[];
  /** RFC 3339. */
  validUntil?: string;
  /** ISO 8601 duration. */
  cacheDuration?: string;
}

/** Reads the one identity provider that a document describes; of several entities the first that is one. */
export function readIdpMetadata(document: Document): IdpMetadata {
  const entity = entityOf(document.documentElement!);
  const entityId = attribute(entity, 'entityID') ?? '';
  if (!entityId) throw badMetadata('SAML Metadata does not contain an EntityID');
  const idps = children(entity, NS.metadata, 'IDPSSODescriptor');
  if (idps.length === 0) throw badMetadata('SAML Metadata does not contain any IDPSSODescriptor');
  if (idps.length > 1) throw badMetadata('SAML Metadata contains multiple IDPSSODescriptors');
  const [idp] = idps as [Element];
  return {
    entityId,
    redirectUrl: redirectUrlOf(idp),
    signingCertificates: certificatesOf(idp),
    validUntil: attribute(entity, 'validUntil'),
    cacheDuration: attribute(entity, 'cacheDuration'),
  };
}

function entityOf(root: Element): Element {
  if (is(root, NS.metadata, 'EntityDescriptor')) return root;
  const entities = is(root, NS.metadata, 'EntitiesDescriptor')
    ? [...descendants(root)].filter((element) => is(element, NS.metadata, 'EntityDescriptor'))
    : [];
  const idp = entities.find((entity) => child(entity, NS.metadata, 'IDPSSODescriptor'));
  if (idp) return idp;
  if (entities.length) throw badMetadata('SAML Metadata does not contain any IDPSSODescriptor');
  throw badMetadata('SAML Metadata is not an EntityDescriptor');
}

/** Only http and https: the browser is sent there. */
function redirectUrlOf(idp: Element): string {
  const services = children(idp, NS.metadata, 'SingleSignOnService');
  const location = services.find((s) => attribute(s, 'Binding') === REDIRECT)?.getAttribute('Location') ?? '';
  if (location && !(/^https?:\/\//i.test(location) && URL.canParse(location)))
    throw badMetadata('SAML Metadata contains an invalid SingleSignOnService Location');
  return location;
}

function certificatesOf(idp: Element): string[] {
  const keys = children(idp, NS.metadata, 'KeyDescriptor').filter(
    (key) => (attribute(key, 'use') ?? '') !== 'encryption',
  );
  const certificates = keys.flatMap((key) =>
    [...descendants(key)].filter((element) => is(element, NS.signature, 'X509Certificate')).map(textOf),
  );
  return [...new Set(certificates.map((text) => text.replace(/\s/g, '')))].filter((text) => text !== '');
}
