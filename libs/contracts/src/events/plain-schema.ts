import { z } from 'zod';
import type { Json, JsonObject } from '../user-object.js';

/** The JSON Schema (2020-12) of a contract object, in the few words that every tool reads: open objects, `type: [x, "null"]`. */
export function plainSchema(schema: z.ZodType): JsonObject {
  return simplify(z.toJSONSchema(schema, { io: 'output' }) as JsonObject) as JsonObject;
}

function simplify(value: Json): Json {
  if (Array.isArray(value)) return value.map(simplify);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, member]) => !isIdle(key, member));
  return withNull(Object.fromEntries(kept.map(([key, member]) => [key, simplify(member)])));
}

/** Says nothing: names of members are text anyway, and objects are open unless they say otherwise. */
function isIdle(key: string, member: Json): boolean {
  if (key === 'propertyNames') return true;
  return key === 'additionalProperties' && typeof member === 'object' && Object.keys(member ?? {}).length === 0;
}

function withNull({ anyOf, ...rest }: JsonObject): JsonObject {
  if (!anyOf) return rest;
  const [value, none] = anyOf as JsonObject[];
  const nullable = (anyOf as JsonObject[]).length === 2 && none?.type === 'null' && typeof value?.type === 'string';
  return nullable ? { ...value, ...rest, type: [value.type as string, 'null'] } : { ...rest, anyOf };
}
