import type { Json } from '@usher/contracts/user-object';

/** Anything an escape can smuggle in that the text itself could not: NUL and half surrogate pairs; and numbers beyond a double. */
const SUSPICIOUS = /\\u(?:0000|[dD][89abAB][0-9a-fA-F]{2}|[dD][c-fC-F][0-9a-fA-F]{2})|[0-9][eE]\+?[0-9]{3}|[0-9]{309}/;

/** False for nearly every body: then nothing has to be walked through. */
export function mayBeUnsafe(source: string): boolean {
  return SUSPICIOUS.test(source);
}

/** Replaces half surrogate pairs by U+FFFD, in names too, as Go's decoder does. Throws on a number that fits no double. */
export function repair(value: Json): Json {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error('json: cannot unmarshal number into Go value of type float64');
  if (Array.isArray(value)) return value.map(repair);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [wellFormed(key), repair(member)]));
}

/** Half surrogate pairs become U+FFFD on the way to UTF-8. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** NUL in a string, an element, a member or its name. */
export function holdsNul(value: Json): boolean {
  const rest: Json[] = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string' && next.includes('\0')) return true;
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next) && Object.keys(next).some((key) => key.includes('\0'))) return true;
    for (const member of Object.values(next)) rest.push(member);
  }
  return false;
}
