/** What templates work on: JSON, as variables and user metadata are. A missing value is undefined. */
export type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [key: string]: Value };

/** Zero values are false, as in Go. */
export function isTrue(value: Value): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a map; undefined for whatever has none. Own members only: metadata could name `constructor`. */
export function memberOf(value: Value, name: string): Value {
  return isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Keys in the order that Go ranges and prints them. */
export function sortedKeys(map: { readonly [key: string]: Value }): string[] {
  return Object.keys(map).sort();
}

/** As Go prints a value by `%v`; what is missing is nothing at all in a mail. */
export function textOf(value: Value): string {
  return value === null || value === undefined ? '' : inner(value);
}

function inner(value: Value): string {
  if (value === null || value === undefined) return '<nil>';
  if (isList(value)) return `[${value.map(inner).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${inner(value[key])}`)
      .join(' ')}]`;
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** Go's `%v` of a float: an exponent from 1e21 on, with two digits at least. */
export function numberText(value: number): string {
  const text = Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : exponentOf(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function exponentOf(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-4;
  return small ? value.toExponential() : String(value);
}
