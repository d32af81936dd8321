import { AuthError } from '@usher/contracts/errors';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import type { FieldType } from './hook-points.js';

/**
 * Reads a hook's answer: its error object if it has one, otherwise the known fields (hooks.md §5). Field names match in any case, so that
 * a veto written `Decision` counts.
 * @throws AuthError of the hook's own making, or `unexpected_failure` when the answer has another shape.
 */
export function readHookOutput(text: string, fields: Readonly<Record<string, FieldType>>): JsonObject {
  const answer = parse(text);
  if (answer === null) return {};
  if (!isObject(answer)) throw malformed();
  throwReturnedError(answer);
  const output: JsonObject = {};
  for (const [name, type] of Object.entries(fields)) {
    const value = field(answer, name);
    if (value === undefined || value === null) continue;
    if (type === 'object' ? !isObject(value) : typeof value !== type) throw malformed();
    output[name] = value;
  }
  return output;
}

function throwReturnedError(answer: JsonObject): void {
  const error = field(answer, 'error');
  if (!isObject(error)) return;
  const message = field(error, 'message');
  const code = field(error, 'http_code') ?? 0;
  if (typeof message !== 'string' || message === '' || !Number.isInteger(code)) return;
  throw new AuthError(null, message, { status: errorStatus(code as number) });
}

// A refusal that arrives as a success would be taken for one, and Node cannot send a status of two digits.
function errorStatus(code: number): number {
  return code >= 400 && code <= 599 ? code : 500;
}

function field(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const key = Object.keys(object).find((k) => k.toLowerCase() === name);
  return key === undefined ? undefined : object[key];
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw malformed();
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(): AuthError {
  return new AuthError('unexpected_failure', 'Error unmarshaling JSON output.');
}
