import { AuthError } from '@usher/contracts/errors';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import { holdsNul } from './unsafe-text.js';
import { readStruct, type BodyOf, type Struct } from './struct.js';

/** One member of a body. `path` is `Struct.field`, for the text of the error. */
export interface Field<T> {
  read(value: Json, path: string): T;
}

/** Says that a value has the wrong JSON type, in the words of Go's decoder. */
export class WrongType extends Error {
  constructor(value: Json, path: string, wanted: string) {
    super(`json: cannot unmarshal ${kindOf(value)} into Go struct field ${path} of type ${wanted}`);
  }
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** PostgreSQL stores no NUL, neither in text nor in jsonb. */
function refuseNul<T extends Json>(value: T, message: string): T {
  if (holdsNul(value)) throw new AuthError('validation_failed', message);
  return value;
}

/** Text that will be stored or looked up. */
export function text(): Field<string> {
  return { read: (value, path) => refuseNul(asString(value, path), 'Null characters are not allowed') };
}

export function email(): Field<string> {
  const message = 'Unable to validate email address: invalid format';
  return { read: (value, path) => refuseNul(asString(value, path), message) };
}

/** Any characters: it is hashed, never stored. */
export function password(): Field<string> {
  return { read: asString };
}

export function flag(): Field<boolean> {
  return {
    read(value, path) {
      if (typeof value !== 'boolean') throw new WrongType(value, path, 'bool');
      return value;
    },
  };
}

/** A free object, as `data`. */
export function object(): Field<JsonObject> {
  return {
    read(value, path) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new WrongType(value, path, 'map[string]interface {}');
      return refuseNul(value, 'Null characters are not allowed');
    },
  };
}

export function nested<S extends Struct>(struct: S): Field<BodyOf<S>> {
  return {
    read(value, path) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new WrongType(value, path, `api.${struct.name}`);
      return readStruct(struct, value, path) as BodyOf<S>;
    },
  };
}

function asString(value: Json, path: string): string {
  if (typeof value !== 'string') throw new WrongType(value, path, 'string');
  return value;
}
