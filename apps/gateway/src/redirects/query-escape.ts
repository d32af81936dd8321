import { wellFormed } from '../bodies/unsafe-text.js';

/** `application/x-www-form-urlencoded` as Go writes it: spaces are `+`, keys are sorted. */
export function encodeForm(values: Iterable<readonly [string, string]>): string {
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `${queryEscape(key)}=${queryEscape(value)}`)
    .join('&');
}

function queryEscape(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
