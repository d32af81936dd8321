import { SCHEMA_VERSION } from '@usher/contracts/events/catalogue';
import { dataSchema } from '@usher/contracts/events/data-schema';
import { EVENT_TYPES } from '@usher/contracts/events/event-types';
import type { Documents } from './documents.js';

/** One JSON Schema per type and major version. */
export function eventSchemas(): Documents {
  return new Map(
    EVENT_TYPES.map((type) => [
      `docs/events/schemas/v${SCHEMA_VERSION}/${type}.json`,
      `${JSON.stringify(dataSchema(type), null, 2)}\n`,
    ]),
  );
}
