import { asyncApi } from './asyncapi.js';
import { eventSchemas } from './event-schemas.js';
import { openApi } from './openapi.js';
import { recordTypes } from './record-types.js';

/** Path from the root → text. */
export type Documents = Map<string, string>;

/** Everything that is generated from the contract objects and checked in. */
export async function documents(): Promise<Documents> {
  return new Map([...eventSchemas(), ...asyncApi(), ...openApi(), ...(await recordTypes())]);
}
