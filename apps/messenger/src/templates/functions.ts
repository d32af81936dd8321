import { formatText } from './printf.js';
import { isList, isMap, isTrue, sortedKeys, textOf, type Value } from './values.js';

/** A template that failed while it was filled in. */
export class TemplateExecutionError extends Error {}

type TemplateFunction = (...values: Value[]) => Value;

const HTML: Record<string, string> = {
  '\0': '\uFFFD',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** `and` and `or` are not here: they do not look at all of their arguments. */
const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  not: (value) => !isTrue(value),
  len: (value) => {
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (isList(value)) return value.length;
    if (isMap(value)) return Object.keys(value).length;
    throw new TemplateExecutionError('len of a value that has no length');
  },
  index: (value, ...keys) => keys.reduce(itemOf, value),
  slice: (value, from = 0, to = undefined) => {
    if (typeof value !== 'string' && !isList(value))
      throw new TemplateExecutionError('slice of a value of another type');
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    const [start, end] = [Number(from), to === undefined ? bytes.length : Number(to)];
    if (!(start >= 0 && start <= end && end <= bytes.length))
      throw new TemplateExecutionError('slice: index out of range');
    return Buffer.isBuffer(bytes) ? bytes.subarray(start, end).toString() : bytes.slice(start, end);
  },
  print: (...values) => values.map(textOf).join(''),
  println: (...values) => `${values.map(textOf).join(' ')}\n`,
  printf: (format, ...values) => formatText(textOf(format), values),
  html: (...values) =>
    values
      .map(textOf)
      .join('')
      .replace(/["'&<>\0]/g, (character) => HTML[character]!),
  js: (...values) =>
    JSON.stringify(values.map(textOf).join(''))
      .slice(1, -1)
      .replace(/['<>&=]/g, unicodeEscape),
  urlquery: (...values) => queryEscape(values.map(textOf).join('')),
  eq: (first, ...others) => {
    if (!others.length) throw new TemplateExecutionError('eq needs two values');
    return others.some((other) => equal(first, other));
  },
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
};

export function isFunction(name: string): boolean {
  return name === 'and' || name === 'or' || Object.hasOwn(FUNCTIONS, name);
}

/** @throws TemplateExecutionError */
export function callFunction(name: string, values: Value[]): Value {
  return FUNCTIONS[name]!(...values);
}

function itemOf(value: Value, key: Value): Value {
  if (isMap(value)) return Object.hasOwn(value, textOf(key)) ? value[textOf(key)] : undefined;
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  if (!Buffer.isBuffer(bytes) && !isList(bytes)) throw new TemplateExecutionError('index of a value that has no items');
  const at = Number(key);
  if (typeof key !== 'number' || !Number.isInteger(at) || at < 0 || at >= bytes.length)
    throw new TemplateExecutionError('index out of range');
  return bytes[at];
}

function equal(a: Value, b: Value): boolean {
  if (isList(a) || isMap(a) || isList(b) || isMap(b))
    throw new TemplateExecutionError('values that cannot be compared');
  const [left, right] = [a ?? null, b ?? null];
  if (left !== null && right !== null && typeof left !== typeof right)
    throw new TemplateExecutionError('incompatible types for comparison');
  return left === right;
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  throw new TemplateExecutionError('incompatible types for comparison');
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function queryEscape(text: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, percent)
    .replaceAll('%20', '+');
}

/** The pairs that `range` goes through. */
export function entriesOf(value: Value): [Value, Value][] {
  if (value === undefined || value === null) return [];
  if (isList(value)) return value.map((item, at) => [at, item]);
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value[key]]);
  if (typeof value === 'number' && Number.isInteger(value) && value <= RANGE_LIMIT)
    return Array.from({ length: Math.max(value, 0) }, (_, at) => [at, at]);
  throw new TemplateExecutionError('range over a value that has no items');
}

/** Metadata comes from users: a number in it must not become a mail without end. */
const RANGE_LIMIT = 10_000;
