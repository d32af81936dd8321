import type { KeyObject } from 'node:crypto';
import type { Document, Element } from '@xmldom/xmldom';
import { attribute, children, descendants, is, NS } from '../xml/elements.js';
import { parseXml } from '../xml/parse-xml.js';
import { decryptAssertion } from './decrypt.js';
import { BrokenRule } from './saml.errors.js';
import { signedXml, type Trust } from './signature.js';

/** What was read of a response after its signature was verified. */
export interface VerifiedAnswer {
  /** The response; of it only attributes and status are looked at, which may be unsigned. */
  response: Element;
  responseSigned: boolean;
  /** Parsed again from exactly the bytes that were signed. */
  assertion: Element;
}

/**
 * Finds the one assertion that a trusted key has signed: by itself, or as a part of a signed response (sso-saml.md §5.3). Everything is read from what
 * the signature covers, never from the document that came: wrapped, copied or moved elements (XSW 1 to 8) are simply not seen.
 */
export async function verifiedAnswer(xml: string, trust: Trust, key: KeyObject): Promise<VerifiedAnswer> {
  const source = normalized(xml);
  const document = await parseXml(source);
  const response = responseOf(document);
  checkIds(document);
  const signed = await signedXml(source, response, trust);
  const trusted = signed === undefined ? response : responseOf(await parseXml(signed));
  const assertion = await theAssertion(
    trusted,
    signed === undefined ? source : signed,
    signed !== undefined,
    trust,
    key,
  );
  return { response: trusted, responseSigned: signed !== undefined, assertion };
}

/** The parser of the signature does not normalize line ends, XML 1.0 §2.11 does. */
function normalized(xml: string): string {
  return xml.replace(/\r\n?/g, '\n');
}

export function responseOf(document: Document): Element {
  const root = document.documentElement!;
  if (!is(root, NS.protocol, 'Response')) throw new BrokenRule('not a Response');
  return root;
}

/** An ID that stands twice makes a signature ambiguous. */
function checkIds(document: Document): void {
  const seen = new Set<string>();
  for (const element of descendants(document.documentElement!)) {
    for (const name of ['ID', 'Id', 'id']) {
      const id = attribute(element, name);
      if (id === undefined) continue;
      if (seen.has(id)) throw new BrokenRule('an ID stands twice');
      seen.add(id);
    }
  }
}

async function theAssertion(
  response: Element,
  source: string,
  responseSigned: boolean,
  trust: Trust,
  key: KeyObject,
): Promise<Element> {
  const everywhere = [...descendants(response)].filter((e) => is(e, NS.assertion, 'Assertion'));
  const plain = children(response, NS.assertion, 'Assertion');
  const encrypted = children(response, NS.assertion, 'EncryptedAssertion');
  // The specification allows several; nobody sends them but those who try something.
  if (everywhere.length !== plain.length || plain.length + encrypted.length !== 1)
    throw new BrokenRule('not exactly one assertion');
  if (plain[0]) return covered(source, plain[0], responseSigned, trust);
  const inner = normalized(decryptAssertion(encrypted[0]!, key));
  const document = await parseXml(inner);
  checkIds(document);
  return covered(inner, document.documentElement!, responseSigned, trust);
}

/** A signature of its own must hold wherever there is one; without, that of the response must cover it. */
async function covered(source: string, element: Element, responseSigned: boolean, trust: Trust): Promise<Element> {
  if (!is(element, NS.assertion, 'Assertion')) throw new BrokenRule('not an Assertion');
  const signed = await signedXml(source, element, trust);
  if (signed === undefined && !responseSigned) throw new BrokenRule('nothing is signed');
  if (signed === undefined) return element;
  const root = (await parseXml(signed)).documentElement!;
  if (!is(root, NS.assertion, 'Assertion')) throw new BrokenRule('not an Assertion');
  return root;
}
