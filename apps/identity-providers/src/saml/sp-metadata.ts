import { NS } from '../xml/elements.js';
import { content, element } from './markup.js';
import type { ServiceProvider, SpKey } from './service-provider.js';

const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:';
const FORMATS = [
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
];
const ENCRYPTION_METHODS = ['aes128-cbc', 'aes192-cbc', 'aes256-cbc', 'rsa-oaep-mgf1p'];
const HOUR = 3_600_000;
const TWO_DAYS = 48 * HOUR;

/** What an identity provider is told about us (sso-saml.md §4). */
export function spMetadata(sp: ServiceProvider, download: boolean, now: Date): string {
  const soon = new Date(now.getTime() + TWO_DAYS).toISOString();
  const validUntil = download ? inFiveYears(now).toISOString() : soon;
  const cacheDuration = sp.next ? 'PT1H' : undefined;
  return element(
    'EntityDescriptor',
    { xmlns: NS.metadata, validUntil, cacheDuration, entityID: sp.entityId },
    element(
      'SPSSODescriptor',
      {
        ...{ xmlns: NS.metadata, validUntil: soon, protocolSupportEnumeration: NS.protocol },
        WantAssertionsSigned: 'true',
      },
      ...keys(sp),
      element('SingleLogoutService', {
        Binding: `${BINDING}HTTP-POST`,
        Location: sp.sloUrl,
        ResponseLocation: sp.sloUrl,
      }),
      ...FORMATS.map((format) => element('NameIDFormat', {}, content(format))),
      element('AssertionConsumerService', { Binding: `${BINDING}HTTP-POST`, Location: sp.acsUrl, index: '1' }),
      element('AssertionConsumerService', { Binding: `${BINDING}HTTP-Artifact`, Location: sp.acsUrl, index: '2' }),
    ),
  );
}

function keys({ primary, next, encryption }: ServiceProvider): string[] {
  return [
    ...(encryption ? [keyDescriptor('encryption', primary, ENCRYPTION_METHODS)] : []),
    keyDescriptor('signing', primary),
    ...(next ? [keyDescriptor('signing', next)] : []),
    ...(next && encryption ? [keyDescriptor('encryption', next)] : []),
  ];
}

function keyDescriptor(use: string, { certificate }: SpKey, methods: string[] = []): string {
  const x509 = element('X509Certificate', { xmlns: NS.signature }, certificate.toString('base64'));
  return element(
    'KeyDescriptor',
    { use },
    element('KeyInfo', { xmlns: NS.signature }, element('X509Data', { xmlns: NS.signature }, x509)),
    ...methods.map((name) => element('EncryptionMethod', { Algorithm: `${NS.encryption}${name}` })),
  );
}

function inFiveYears(now: Date): Date {
  const then = new Date(now);
  then.setUTCFullYear(then.getUTCFullYear() + 5);
  return then;
}
