import type { Json, JsonObject } from '@usher/contracts/user-object';

/** Says that a provider's answer is not of the form that it should be; for the log, never for the client. */
export class UnexpectedAnswer extends Error {}

/** '' when absent. */
export function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new UnexpectedAnswer('a text was expected');
  return value;
}

/** An id that some write as a number. */
export function id(value: Json | undefined): string {
  return typeof value === 'number' ? String(value) : text(value);
}

/** Only `true` is true. */
export function flag(value: Json | undefined): boolean {
  return value === true;
}

export function part(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

export function parts(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(part) : [];
}

/** The one address of a provider that has one; none when it is empty. */
export function oneEmail(email: string, verified: boolean) {
  return email ? [{ email, verified, primary: true }] : [];
}
