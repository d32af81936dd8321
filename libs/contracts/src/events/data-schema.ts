import { z } from 'zod';
import type { JsonObject } from '../user-object.js';
import { CONTEXT_MEMBERS, LABELS, SCHEMA_VERSION } from './catalogue.js';
import type { EventType } from './event-types.js';
import { plainSchema } from './plain-schema.js';
import { truncatedRecord } from './records/record-fields.js';
import { entityOf, RECORDS } from './records/records.js';

const CONTEXT = {
  ip: z.string().meta({ description: 'Address of the client' }).optional(),
  user_agent: z.string().meta({ description: 'Of the client' }).optional(),
  session_id: z.string().meta({ format: 'uuid', description: 'Session in which it was done' }).optional(),
  truncated: z
    .array(z.enum(['previous', 'record']))
    .meta({ description: 'What was left out because the event would pass 64 KiB; `record` then has its id alone' })
    .optional(),
};

/** The schema of `data` of a type. */
export function eventData(type: EventType) {
  const members = Object.entries(CONTEXT_MEMBERS[type] ?? {}).map(
    ([name, description]) => [name, z.string().meta({ description })] as const,
  );
  return z
    .looseObject({
      record: z.union([RECORDS[entityOf(type)], truncatedRecord]),
      previous: z
        .record(z.string(), z.unknown())
        .nullable()
        .meta({ description: 'Previous values of what changed; null where nothing of the record did' }),
      changed: z.array(z.string()).meta({ description: 'Names of the changed members' }),
      context: z.looseObject({ ...CONTEXT, ...Object.fromEntries(members) }).meta({ description: 'Circumstances' }),
    })
    .meta({ title: `auth.${type}`, description: LABELS[type] });
}

/** The JSON Schema of `data` of a type, as `dataschema` of its events names it. */
export function dataSchema(type: EventType): JsonObject {
  const { $schema, ...schema } = plainSchema(eventData(type));
  return { $schema: $schema!, $id: `urn:usher:events:v${SCHEMA_VERSION}:${type}`, ...schema };
}
