import type { HtmlState } from './html-state.js';
import { cssValue, filterUrl, jsValue, normalizeUrl, percentEncode } from './html-values.js';
import { textOf, type Value } from './values.js';

const HTML: Record<string, string> = {
  '\0': '\uFFFD',
  '"': '&#34;',
  '&': '&amp;',
  "'": '&#39;',
  '+': '&#43;',
  '<': '&lt;',
  '>': '&gt;',
};

const URL_ATTRIBUTES = new Set(
  'action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src usemap xmlns'.split(
    ' ',
  ),
);

/** In place of a value that could do harm where it stands: a word that authors can search for. */
export const REFUSED = 'ZgotmplZ';

/** The text of a value, harmless where it stands: as `html/template` of Go escapes it. */
export function escapeValue(value: Value, state: HtmlState, encoded = false): string {
  switch (state.place) {
    case 'comment':
      return '';
    case 'text':
      return escapeHtml(textOf(value));
    case 'raw':
      return inRawText(value, state);
    case 'attribute':
      return quoteFor(state.quote, inAttribute(value, state, state.before, encoded));
    case 'tag':
      if (state.afterEquals) return quoteFor('', inAttribute(value, state, '', encoded));
      return /^[a-zA-Z0-9-]+$/.test(textOf(value)) && kindOf('', textOf(value)) === 'plain' ? textOf(value) : REFUSED;
  }
}

function inRawText(value: Value, { element, before }: Extract<HtmlState, { place: 'raw' }>): string {
  if (element === 'script') return jsValue(value, before);
  return element === 'style' ? cssValue(textOf(value), before) : escapeHtml(textOf(value));
}

interface Place {
  element: string;
  attribute: string;
}

function inAttribute(value: Value, { element, attribute }: Place, before: string, encoded: boolean): string {
  switch (kindOf(element, attribute)) {
    case 'url':
      return inUrl(textOf(value), before, encoded);
    case 'refresh':
      return inUrl(textOf(value), before.replace(/^.*[=;,\s]/s, ''), encoded);
    case 'style':
      return cssValue(textOf(value), before);
    case 'script':
      return jsValue(value, before);
    case 'document':
      return escapeHtml(textOf(value));
    case 'plain':
      return textOf(value);
  }
}

function inUrl(text: string, before: string, encoded: boolean): string {
  if (/[?#]/.test(before) && !encoded) return percentEncode(text);
  return normalizeUrl(before.trim() ? text : filterUrl(text));
}

function kindOf(element: string, attribute: string): 'url' | 'refresh' | 'style' | 'script' | 'document' | 'plain' {
  const name = attribute.replace(/^data-/, '').replace(/^[^:]*:/, '');
  if (name.startsWith('on')) return 'script';
  if (name === 'style') return 'style';
  if (name === 'srcdoc') return 'document';
  // A `meta` may send the reader elsewhere.
  if (element === 'meta' && name === 'content') return 'refresh';
  return URL_ATTRIBUTES.has(name) || /src|uri|url/.test(name) ? 'url' : 'plain';
}

function escapeHtml(text: string): string {
  return text.replace(/["&'+<>\0]/g, (character) => HTML[character]!);
}

function quoteFor(quote: string, text: string): string {
  const escaped = escapeHtml(text);
  if (quote) return escaped;
  // Without quotes a blank would end the attribute, and nothing at all would take the next one for its value.
  return escaped.replace(/[\t\n\v\f\r =`]/g, (character) => `&#${character.charCodeAt(0)};`) || '&#xfffd;';
}
