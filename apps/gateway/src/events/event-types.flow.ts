import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { CATALOGUE, schemaPath } from '@usher/contracts/events/catalogue';
import { dataSchema } from '@usher/contracts/events/data-schema';
import { EVENT_TYPES } from '@usher/contracts/events/event-types';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

const CACHED = { 'cache-control': 'public, max-age=3600' };

/** GET /events/types and GET /events/schemas/v1/{type}.json, straight from the contract objects. */
@Injectable()
export class EventTypesFlow {
  list(exchange: Exchange): Answer {
    const base = exchange.context().externalUrl.replace(/\/$/, '');
    return Answer.json({ data: CATALOGUE.map((entry) => ({ ...entry, schema: base + entry.schema })) }, CACHED);
  }

  schema(exchange: Exchange): Answer {
    const path = `/events/schemas/${exchange.pathParameter('version')}/${exchange.pathParameter('file')}`;
    const type = EVENT_TYPES.find((known) => schemaPath(known) === path);
    if (!type) throw new AuthError('validation_failed', 'There is no such schema', { status: 404 });
    return Answer.json(dataSchema(type), { ...CACHED, 'content-type': 'application/schema+json' });
  }
}
