import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { NS } from '../xml/elements.js';
import { content, element } from './markup.js';
import { spCertificate } from './sp-certificate.js';

export const SP = { entityId: 'https://sp.test/sso/saml/metadata', acsUrl: 'https://sp.test/sso/saml/acs' };
export const IDP_ENTITY = 'https://idp.test/saml';
const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

export interface IdpKey {
  key: KeyObject;
  /** Base64 of DER. */
  certificate: string;
}

export function newIdpKey(name = 'idp.test'): IdpKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { key: privateKey, certificate: spCertificate(privateKey, name, false).toString('base64') };
}

export interface AssertionOptions {
  id?: string;
  nameId?: string;
  issuer?: string;
  audience?: string | null;
  recipient?: string;
  inResponseTo?: string;
  issued?: number;
  notBefore?: number;
  notOnOrAfter?: number;
  confirmedUntil?: number;
  conditions?: boolean;
  confirmed?: boolean;
}

const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
let counter = 0;

/** Attributes are written in the order of canonical XML, so that the text is its own canonical form. */
export function assertionXml(options: AssertionOptions = {}): string {
  const { id = `_a${++counter}`, nameId = 'ada@example.com', issuer = IDP_ENTITY, audience = SP.entityId } = options;
  const { recipient = SP.acsUrl, inResponseTo, issued = 0, notBefore = -60, notOnOrAfter = 300 } = options;
  const { confirmedUntil = 300, conditions = true, confirmed = true } = options;
  const confirmation = element(
    'saml:SubjectConfirmation',
    { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' },
    element('saml:SubjectConfirmationData', {
      ...{ InResponseTo: inResponseTo, NotOnOrAfter: at(confirmedUntil), Recipient: recipient },
    }),
  );
  const restriction =
    audience === null
      ? undefined
      : element('saml:AudienceRestriction', {}, element('saml:Audience', {}, content(audience)));
  return element(
    'saml:Assertion',
    { 'xmlns:saml': NS.assertion, ID: id, IssueInstant: at(issued), Version: '2.0' },
    element('saml:Issuer', {}, content(issuer)),
    element(
      'saml:Subject',
      {},
      element('saml:NameID', { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }, nameId),
      confirmed ? confirmation : undefined,
    ),
    conditions
      ? element('saml:Conditions', { NotBefore: at(notBefore), NotOnOrAfter: at(notOnOrAfter) }, restriction)
      : undefined,
    element('saml:AuthnStatement', { AuthnInstant: at(issued) }),
  );
}

export interface ResponseOptions {
  id?: string;
  destination?: string;
  inResponseTo?: string;
  status?: string;
}

export function responseXml(inner: string, options: ResponseOptions = {}): string {
  const { id = `_r${++counter}`, destination = SP.acsUrl, inResponseTo, status = 'Success' } = options;
  return element(
    'samlp:Response',
    {
      ...{ 'xmlns:samlp': NS.protocol, Destination: destination, ID: id, InResponseTo: inResponseTo },
      ...{ IssueInstant: at(0), Version: '2.0' },
    },
    element('saml:Issuer', { 'xmlns:saml': NS.assertion }, content(IDP_ENTITY)),
    element('samlp:Status', {}, element('samlp:StatusCode', { Value: `urn:oasis:names:tc:SAML:2.0:status:${status}` })),
    inner,
  );
}

export interface SignOptions {
  hash?: 'sha1' | 'sha256' | 'sha512';
  keyInfo?: boolean;
  /** In place of what the key would give. */
  value?: string;
  method?: string;
  transform?: string;
}

const METHODS = { sha1: `${NS.signature}rsa-sha1`, sha256: `${MORE}rsa-sha256`, sha512: `${MORE}rsa-sha512` };
const DIGESTS = { sha1: `${NS.signature}sha1`, sha256: `${NS.encryption}sha256`, sha512: `${NS.encryption}sha512` };

/** The enveloped signature of an element, for behind its Issuer. */
export function signatureOf(xml: string, { key, certificate }: IdpKey, options: SignOptions = {}): string {
  const { hash = 'sha256', keyInfo = true, value, method = METHODS[hash], transform = EXC } = options;
  const id = / ID="([^"]*)"/.exec(xml)![1]!;
  const info = (namespace?: string): string =>
    element(
      'ds:SignedInfo',
      { 'xmlns:ds': namespace },
      element('ds:CanonicalizationMethod', { Algorithm: EXC }),
      element('ds:SignatureMethod', { Algorithm: method }),
      element(
        'ds:Reference',
        { URI: `#${id}` },
        element(
          'ds:Transforms',
          {},
          element('ds:Transform', { Algorithm: `${NS.signature}enveloped-signature` }),
          element('ds:Transform', { Algorithm: transform }),
        ),
        element('ds:DigestMethod', { Algorithm: DIGESTS[hash] }),
        element('ds:DigestValue', {}, createHash(hash).update(xml).digest('base64')),
      ),
    );
  const signed = value ?? sign(hash, Buffer.from(info(NS.signature)), key).toString('base64');
  return element(
    'ds:Signature',
    { 'xmlns:ds': NS.signature },
    info(),
    element('ds:SignatureValue', {}, signed),
    keyInfo
      ? element('ds:KeyInfo', {}, element('ds:X509Data', {}, element('ds:X509Certificate', {}, certificate)))
      : undefined,
  );
}

/** Puts a signature behind the (first) Issuer. */
export function withSignature(xml: string, signature: string): string {
  return xml.replace('</saml:Issuer>', () => `</saml:Issuer>${signature}`);
}

export function signed(xml: string, key: IdpKey, options?: SignOptions): string {
  return withSignature(xml, signatureOf(xml, key, options));
}
