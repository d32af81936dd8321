import { AuthError } from '@usher/contracts/errors';
import type { Json } from '@usher/contracts/user-object';
import { readStruct, type BodyOf, type Struct } from './struct.js';
import { mayBeUnsafe, repair } from './unsafe-text.js';

/** As Go's decoder: deeper nesting is an error, which also keeps the walks over the value off the end of the stack. */
const MAX_DEPTH = 10_000;
const CHECK_DEPTH_FROM = 2 * MAX_DEPTH;

/**
 * Decodes a body as Go's encoding/json would (accounts.md §2.1): names in any case, the last duplicate counts, unknown members are ignored, null is
 * "not given", also for the whole body. Throws `bad_json` whose text starts with `prefix`.
 */
export function decodeJson<S extends Struct>(struct: S, bytes: Buffer, prefix: string): BodyOf<S> {
  try {
    const value = parse(bytes.toString('utf8'));
    if (value === null) return {} as BodyOf<S>;
    if (typeof value !== 'object' || Array.isArray(value)) throw new Error(notAnObject(value, struct.name));
    return readStruct(struct, value, struct.name) as BodyOf<S>;
  } catch (error) {
    if (error instanceof AuthError) throw error;
    throw new AuthError('bad_json', prefix + (error as Error).message);
  }
}

function parse(source: string): Json {
  if (source.trim() === '') throw new Error('unexpected end of JSON input');
  if (source.length > CHECK_DEPTH_FROM && depth(source) > MAX_DEPTH) throw new Error('exceeded max depth');
  let value: Json;
  try {
    value = JSON.parse(source) as Json;
  } catch {
    // The parser quotes the text around the fault, which may be a password.
    throw new Error('invalid character or unexpected end of JSON input');
  }
  return mayBeUnsafe(source) ? repair(value) : value;
}

function notAnObject(value: Json, name: string): string {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${kind} into Go value of type api.${name}`;
}

/** How deep brackets are nested, without those in strings. */
function depth(source: string): number {
  let level = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++level);
    else if (c === 0x5d || c === 0x7d) level--;
  }
  return deepest;
}
