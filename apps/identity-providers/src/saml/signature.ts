import { createHash, createVerify, X509Certificate, type KeyObject } from 'node:crypto';
import type { Element } from '@xmldom/xmldom';
import { attribute, child, children, descendants, is, NS, textOf } from '../xml/elements.js';
import { BrokenRule } from './saml.errors.js';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const ENVELOPED = `${NS.signature}enveloped-signature`;
const CANONICAL = new Set([EXCLUSIVE, `${EXCLUSIVE}WithComments`, INCLUSIVE, `${INCLUSIVE}#WithComments`]);
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

/** Public-key signatures only: an HMAC keyed with a certificate that everybody knows is none. */
const SIGNATURES: Readonly<Record<string, { hash: string; ecdsa: boolean }>> = {
  [`${NS.signature}rsa-sha1`]: { hash: 'sha1', ecdsa: false },
  [`${MORE}rsa-sha256`]: { hash: 'sha256', ecdsa: false },
  [`${MORE}rsa-sha384`]: { hash: 'sha384', ecdsa: false },
  [`${MORE}rsa-sha512`]: { hash: 'sha512', ecdsa: false },
  [`${MORE}ecdsa-sha1`]: { hash: 'sha1', ecdsa: true },
  [`${MORE}ecdsa-sha256`]: { hash: 'sha256', ecdsa: true },
  [`${MORE}ecdsa-sha384`]: { hash: 'sha384', ecdsa: true },
  [`${MORE}ecdsa-sha512`]: { hash: 'sha512', ecdsa: true },
};

const DIGESTS: Readonly<Record<string, string>> = {
  [`${NS.signature}sha1`]: 'sha1',
  [`${NS.encryption}sha256`]: 'sha256',
  [`${MORE}sha384`]: 'sha384',
  [`${NS.encryption}sha512`]: 'sha512',
};

export interface Trust {
  /** Base64 of DER: the only ones that count, whatever a message carries. */
  certificates: string[];
  now: Date;
  /** SHA-1 is taken, as the reference does. */
  sha1: boolean;
}

/**
 * Verifies the signature right inside an element and answers the XML that was really signed: the caller reads that and nothing else of the document
 * (signature wrapping). Undefined when there is no signature there.
 *
 * @throws BrokenRule when there is one that does not hold
 */
export async function signedXml(document: string, signed: Element, trust: Trust): Promise<string | undefined> {
  const signatures = children(signed, NS.signature, 'Signature');
  if (signatures.length === 0) return undefined;
  if (signatures.length > 1) throw new BrokenRule('several signatures');
  const [signature] = signatures as [Element];
  checkShape(signature, signed, trust.sha1);
  const { SignedXml } = await import('xml-crypto');
  const verifier = new SignedXml({ publicCert: certificateFor(signature, trust).toString() });
  verifier.HashAlgorithms = Object.fromEntries(Object.entries(DIGESTS).map(([uri, name]) => [uri, digest(uri, name)]));
  verifier.SignatureAlgorithms = Object.fromEntries(
    Object.entries(SIGNATURES).map(([uri, { hash, ecdsa }]) => [uri, verification(uri, hash, ecdsa)]),
  );
  try {
    verifier.loadSignature(signature.toString());
    if (verifier.checkSignature(document)) {
      const [xml, ...others] = verifier.getSignedReferences();
      if (xml && others.length === 0) return xml;
    }
  } catch (cause) {
    throw new BrokenRule('signature does not verify', { cause });
  }
  throw new BrokenRule('signature does not verify');
}

/** One reference, to the element around, by an ID that is unique; known algorithms only (SAML core §5.4). */
function checkShape(signature: Element, signed: Element, sha1: boolean): void {
  const [info, ...further] = children(signature, NS.signature, 'SignedInfo');
  if (!info || further.length) throw new BrokenRule('not exactly one SignedInfo');
  if ([...descendants(signature)].filter((e) => e.localName === 'SignedInfo').length !== 1)
    throw new BrokenRule('a further SignedInfo');
  const references = children(info, NS.signature, 'Reference');
  if (references.length !== 1) throw new BrokenRule('not exactly one Reference');
  const [reference] = references as [Element];
  const id = attribute(signed, 'ID');
  if (!id || attribute(reference, 'URI') !== `#${id}`) throw new BrokenRule('a reference to another element');
  const transforms = children(child(reference, NS.signature, 'Transforms') ?? reference, NS.signature, 'Transform');
  const names = transforms.map((t) => attribute(t, 'Algorithm') ?? '');
  if (names.length > 2 || !names.every((name) => name === ENVELOPED || CANONICAL.has(name)))
    throw new BrokenRule('a transform that is not allowed');
  checkAlgorithms(info, reference, sha1);
}

function checkAlgorithms(info: Element, reference: Element, sha1: boolean): void {
  const algorithm = (of: Element, name: string): string => {
    const [found, ...others] = children(of, NS.signature, name);
    if (!found || others.length) throw new BrokenRule(`not exactly one ${name}`);
    return attribute(found, 'Algorithm') ?? '';
  };
  if (!CANONICAL.has(algorithm(info, 'CanonicalizationMethod'))) throw new BrokenRule('canonicalization');
  const method = SIGNATURES[algorithm(info, 'SignatureMethod')];
  const hash = DIGESTS[algorithm(reference, 'DigestMethod')];
  if (!method || !hash) throw new BrokenRule('an algorithm that is not allowed');
  if (!sha1 && (method.hash === 'sha1' || hash === 'sha1')) throw new BrokenRule('SHA-1');
  const [value, ...others] = children(reference, NS.signature, 'DigestValue');
  if (!value || others.length || children(value).length || value.childNodes.length !== 1)
    throw new BrokenRule('DigestValue is not plain text');
}

/** The certificate of the message only chooses among those we trust; without it there must be no choice (sso-saml.md §5.3). */
function certificateFor(signature: Element, { certificates, now }: Trust): X509Certificate {
  const named = [...descendants(signature)].find((e) => is(e, NS.signature, 'X509Certificate'));
  const wanted = named && textOf(named).replace(/\s/g, '');
  const candidates = wanted === undefined ? certificates : certificates.filter((text) => text === wanted);
  if (candidates.length !== 1) throw new BrokenRule('no trusted certificate, or several without a choice');
  const certificate = readCertificate(candidates[0]!);
  if (now < new Date(certificate.validFrom) || now > new Date(certificate.validTo))
    throw new BrokenRule('the certificate is outside of its time');
  return certificate;
}

function readCertificate(text: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(text, 'base64'));
  } catch (cause) {
    throw new BrokenRule('an unreadable certificate', { cause });
  }
}

function digest(uri: string, name: string) {
  return class {
    getAlgorithmName = (): string => uri;
    getHash = (xml: string): string => createHash(name).update(xml, 'utf8').digest('base64');
  };
}

/** The key must be of the algorithm's kind, so that none is used for what it was not made for. */
function verification(uri: string, hash: string, ecdsa: boolean) {
  return class {
    getAlgorithmName = (): string => uri;
    getSignature = (): never => {
      throw new Error('nothing is signed here');
    };
    verifySignature = (material: string, pem: unknown, value: string): boolean => {
      const key: KeyObject = new X509Certificate(pem as string).publicKey;
      if (key.asymmetricKeyType !== (ecdsa ? 'ec' : 'rsa')) return false;
      const signature = Buffer.from(value, 'base64');
      return createVerify(hash).update(material).verify({ key, dsaEncoding: 'ieee-p1363' }, signature);
    };
  };
}
