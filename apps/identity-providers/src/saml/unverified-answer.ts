import { child, NS, textOf } from '../xml/elements.js';
import { parseXml } from '../xml/parse-xml.js';
import { invalidRequest } from './saml.errors.js';
import { responseOf } from './verified-assertion.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Line breaks are nothing to a decoder. */
export function decodeAnswer(encoded: string): string {
  if (!encoded) throw invalidRequest('SAMLResponse is missing');
  const compact = encoded.replace(/[\r\n]/g, '');
  if (!BASE64.test(compact)) throw invalidRequest('SAMLResponse is not a valid Base64 string');
  return Buffer.from(compact, 'base64').toString('utf8');
}

/** Who an answer says that it is from; proves nothing, only chooses the provider whose keys are tried. */
export async function claimedIssuer(xml: string): Promise<string> {
  try {
    return textOf(child(responseOf(await parseXml(xml)), NS.assertion, 'Issuer'));
  } catch {
    throw invalidRequest('SAMLResponse is not a valid XML SAML assertion');
  }
}
