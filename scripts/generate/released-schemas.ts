import { dataSchema } from '@usher/contracts/events/data-schema';
import { EVENT_TYPES } from '@usher/contracts/events/event-types';
import type { Documents } from './documents.js';

/** The schemas of a release in one file: later ones may only add to them. */
export function releasedSchemas(): Documents {
  const schemas = Object.fromEntries(EVENT_TYPES.map((type) => [type, dataSchema(type)]));
  return new Map([['docs/events/released-schemas.json', `${JSON.stringify(schemas)}\n`]]);
}
