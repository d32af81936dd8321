import type { Document } from '@xmldom/xmldom';
import { BadXml } from './xml.errors.js';

/** Of SAML messages and metadata alike. */
const MAX_LENGTH = 1_048_576;
const MAX_DEPTH = 128;

/**
 * Parses XML that a stranger wrote. A document type is refused before the parser sees it: no entities, no expansion, no outside files (XXE). What a lenient
 * parser would mend is an error.
 *
 * @throws BadXml
 */
export async function parseXml(text: string): Promise<Document> {
  if (text.length > MAX_LENGTH) throw new BadXml('too large');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new BadXml('a document type is not allowed');
  if (depth(text) > MAX_DEPTH) throw new BadXml('nested too deeply');
  const { DOMParser, onWarningStopParsing } = await import('@xmldom/xmldom');
  try {
    const document = new DOMParser({ onError: onWarningStopParsing }).parseFromString(text.trim(), 'text/xml');
    if (document.documentElement) return document;
  } catch (cause) {
    throw new BadXml('not well-formed', { cause });
  }
  throw new BadXml('no element');
}

/** A bound on how deep elements are nested, so that no walk over them runs off the end of the stack. */
function depth(text: string): number {
  let level = 0;
  let deepest = 0;
  for (const [tag] of text.matchAll(/<\/?[^\s<>!?/][^<>]*>/g)) {
    if (tag.startsWith('</')) level--;
    else if (!tag.endsWith('/>')) deepest = Math.max(deepest, ++level);
  }
  return deepest;
}
