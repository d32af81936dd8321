import { parseGoDuration } from './go-duration.js';
import { parseGoFloat, parseGoInt, parseGoUint } from './go-numbers.js';
import { parseRate } from './rate.js';
import type { Rate } from './rate.js';

export { parseGoDuration } from './go-duration.js';
export type { Rate } from './rate.js';

/** How the text of a variable becomes a value. `zero` is the value of a variable that has no default. */
export interface ValueType<T> {
  readonly kind: string;
  readonly zero: T;
  /** A value that cannot be read counts as not set, with a warning: never fatal. */
  readonly lenient?: boolean;
  /** Throws an `Error` whose message may be shown; it must not quote what could be a secret. */
  parse(text: string): T;
}

export type TextMap = Readonly<Record<string, string>>;

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/;

export function str(): ValueType<string> {
  return { kind: 'str', zero: '', parse: (text) => text };
}

export function bool(): ValueType<boolean> {
  return { kind: 'bool', zero: false, parse: parseBool };
}

export function int(): ValueType<number> {
  return { kind: 'int', zero: 0, parse: parseGoInt };
}

export function uint(): ValueType<number> {
  return { kind: 'uint', zero: 0, parse: parseGoUint };
}

export function port(): ValueType<number> {
  return { kind: 'port', zero: 0, parse: parsePort };
}

export function float(): ValueType<number> {
  return { kind: 'float', zero: 0, parse: parseGoFloat };
}

/** Milliseconds. */
export function duration(): ValueType<number> {
  return { kind: 'dur', zero: 0, parse: parseGoDuration };
}

/** Milliseconds, or null when not set. */
export function optionalDuration(): ValueType<number | null> {
  return { kind: 'dur', zero: null, parse: parseGoDuration };
}

/** Elements are not trimmed; blank text is an empty list. */
export function list(): ValueType<readonly string[]> {
  return { kind: 'list', zero: [], parse: (text) => (text.trim() === '' ? [] : text.split(',')) };
}

/** `k:v,k:v`, nothing trimmed. The object has no prototype: keys looked up in it may come from a request. */
export function map(): ValueType<TextMap> {
  return { kind: 'map', zero: textMap([]), parse: parseMap };
}

export function rate(): ValueType<Rate> {
  return { kind: 'rate', zero: { kind: 'window', events: 0 }, parse: parseRate };
}

/** Milliseconds since the epoch, or null when not set. */
export function timestamp(): ValueType<number | null> {
  return { kind: 'RFC 3339', zero: null, parse: parseTimestamp };
}

export function oneOf<const Choice extends string>(...choices: readonly [Choice, ...Choice[]]): ValueType<Choice> {
  const parse = (text: string): Choice => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) throw new Error(`must be ${choices.join(' or ')}`);
    return choice;
  };
  return { kind: choices.map((choice) => `\`${choice}\``).join(' '), zero: choices[0], parse };
}

/** JSON text that `accept` turns into a value or refuses with an error. */
export function json<T>(zero: T, accept: (value: unknown) => T): ValueType<T> {
  return { kind: 'json', zero, parse: (text) => accept(parseJson(text)) };
}

export function lenient<T>(type: ValueType<T>): ValueType<T> {
  return { ...type, lenient: true };
}

export function textMap(entries: Iterable<readonly [string, string]>): TextMap {
  const target: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) target[key] = value;
  return target;
}

function parseBool(text: string): boolean {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new Error(`parsing ${JSON.stringify(text)}: invalid syntax`);
}

function parsePort(text: string): number {
  const value = /^[0-9]{1,5}$/.test(text) ? Number(text) : Infinity;
  if (value > 65535) throw new Error(`${JSON.stringify(text)} is not a port number`);
  return value;
}

function parseMap(text: string): TextMap {
  if (text.trim() === '') return textMap([]);
  // The item itself stays out of the message: maps hold one-time passwords and encryption keys.
  const entries = text.split(',').map((item, index): [string, string] => {
    const [key, value, ...more] = item.split(':');
    if (key === undefined || value === undefined || more.length > 0) throw new Error(`invalid map item ${index + 1}`);
    return [key, value];
  });
  return textMap(entries);
}

function parseTimestamp(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const milliseconds = TIMESTAMP.test(trimmed) ? Date.parse(trimmed) : NaN;
  if (Number.isNaN(milliseconds)) throw new Error(`${JSON.stringify(trimmed)} is not an RFC 3339 time`);
  return milliseconds;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text, which may be a private key.
    throw new Error('is not valid JSON');
  }
}
