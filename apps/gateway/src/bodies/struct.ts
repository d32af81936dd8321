import type { JsonObject } from '@usher/contracts/user-object';
import type { Field } from './fields.js';

/** The shape of a body; the name is that of the reference's structure, which clients get to see in error texts. */
export interface Struct<F extends Record<string, Field<unknown>> = Record<string, Field<unknown>>> {
  readonly name: string;
  readonly fields: F;
  /** JSON name in lower case → JSON name: field names match in any case. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a decoded body is: members that were absent or null are undefined. */
export type BodyOf<S extends Struct> =
  S extends Struct<infer F> ? { [K in keyof F]?: F[K] extends Field<infer T> ? T : never } : never;

/** Declares a body: `struct('SignupParams', { email: email(), data: object() })`. */
export function struct<F extends Record<string, Field<unknown>>>(name: string, fields: F): Struct<F> {
  return { name, fields, names: new Map(Object.keys(fields).map((key) => [key.toLowerCase(), key])) };
}

/** Reads the members of an object in order, so that of two spellings of one name the last counts. */
export function readStruct(struct: Struct, value: JsonObject, path: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const name = Object.hasOwn(struct.fields, key) ? key : struct.names.get(key.toLowerCase());
    const member = value[key];
    if (name === undefined || member === null || member === undefined) continue;
    result[name] = struct.fields[name]!.read(member, `${path}.${name}`);
  }
  return result;
}
