import { textOf, type Value } from './values.js';

const UNRESERVED = /[A-Za-z0-9\-._~]/;
/** Single quotes and parentheses are not among them, so that a URL may stand in quotes and in `url(…)`. */
const RESERVED = /[!#$&*+,/:;=?@[\]]/;

/** Of schemes only those that a mail may lead to: no `javascript:`. */
export function filterUrl(url: string): string {
  const scheme = /^([^:/]*):/.exec(url)?.[1]?.toLowerCase();
  return scheme === undefined || ['http', 'https', 'mailto'].includes(scheme) ? url : '#ZgotmplZ';
}

/** Percent-encodes what cannot stand in a URL and leaves what is encoded. */
export function normalizeUrl(url: string): string {
  return encodeBytes(url, (character, rest) => RESERVED.test(character) || /^%[0-9a-fA-F]{2}/.test(rest));
}

/** For a value inside of a query or fragment. */
export function percentEncode(text: string): string {
  return encodeBytes(text, () => false);
}

function encodeBytes(text: string, keeps: (character: string, rest: string) => boolean): string {
  const bytes = Buffer.from(text).toString('latin1');
  let encoded = '';
  for (let i = 0; i < bytes.length; i++) {
    const character = bytes[i]!;
    const kept = UNRESERVED.test(character) || keeps(character, bytes.slice(i, i + 3));
    encoded += kept ? character : `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  }
  return encoded;
}

/** A plain word, colour or number; inside of `url(…)` a URL. Everything else could open another rule. */
export function cssValue(text: string, before: string): string {
  if (/url\(\s*["']?[^)"']*$/i.test(before))
    return normalizeUrl(/url\(\s*["']?\s*$/i.test(before) ? filterUrl(text) : text);
  if (/[\0"'()/;@[\\\]`{}<>]/.test(text) || /expression|moz-?binding/i.test(text.replace(/[^a-z-]/gi, '')))
    return 'ZgotmplZ';
  return text.includes('--') ? 'ZgotmplZ' : text;
}

/** A JSON value, or the inside of a string where the author opened one. */
export function jsValue(value: Value, before: string): string {
  const json = JSON.stringify(insideString(before) ? textOf(value) : (value ?? null));
  const safe = json.replace(/[<>&'`$+/\u2028\u2029]/g, unicodeEscape);
  return insideString(before) ? safe.slice(1, -1).replace(/\\"/g, '\\u0022') : safe;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Whether a string is open at the end of this piece of a script. */
function insideString(script: string): boolean {
  let quote = '';
  for (let i = 0; i < script.length; i++) {
    const character = script[i]!;
    if (character === '\\') i++;
    else if (quote) quote = character === quote || (character === '\n' && quote !== '`') ? '' : quote;
    else if (/["'`]/.test(character)) quote = character;
  }
  return quote !== '';
}
