/**
 * A value as text for a json or jsonb parameter. PostgreSQL cannot store NUL in jsonb: it is left out, so that it never makes a write fail whose
 * cause was accepted.
 */
export function jsonParameter(value: unknown): string {
  return JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1');
}
