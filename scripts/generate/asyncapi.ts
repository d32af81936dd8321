import { CATALOGUE } from '@usher/contracts/events/catalogue';
import { dataSchema } from '@usher/contracts/events/data-schema';
import {
  DEAD_LETTER_HEADERS,
  DEAD_LETTERS_STREAM,
  deadLetterSubject,
} from '@usher/contracts/events/dead-letters.contract';
import { EVENT_TYPES, type EventType } from '@usher/contracts/events/event-types';
import { EVENTS_STREAM, PARTITIONS } from '@usher/contracts/events/streams';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import { stringify } from 'yaml';
import type { Documents } from './documents.js';

const TEXT = { type: 'string' };

const HEADERS: JsonObject = {
  type: 'object',
  required: [
    'ce-specversion',
    'ce-id',
    'ce-source',
    'ce-type',
    'ce-subject',
    'ce-time',
    'ce-dataschema',
    'ce-sequence',
  ],
  properties: {
    'ce-specversion': { const: '1.0' },
    'ce-id': { ...TEXT, format: 'uuid', description: 'UUIDv7: the deduplication key' },
    'ce-source': { ...TEXT, description: 'URL of the auth API' },
    'ce-type': TEXT,
    'ce-subject': { ...TEXT, description: 'Id of the user, or of the object where there is no user' },
    'ce-time': { ...TEXT, format: 'date-time' },
    'ce-dataschema': { ...TEXT, description: 'URL of the JSON Schema of the payload' },
    'ce-sequence': { ...TEXT, pattern: '^[0-9]{20}$', description: 'Position in the feed: the cursor' },
    'ce-subjectversion': { ...TEXT, pattern: '^[1-9][0-9]*$', description: 'Gap-free order of the subject' },
    'ce-traceparent': { ...TEXT, description: 'W3C trace context of the request' },
    'ce-actortype': { enum: ['user', 'admin', 'system', 'provider'] },
    'ce-actorid': TEXT,
    'ce-origin': { enum: ['api', 'admin', 'oauth', 'saml', 'import', 'job'] },
  },
};

/** The stream as an AsyncAPI 3 document. */
export function asyncApi(): Documents {
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Usher auth events',
      version: '1.0.0',
      description:
        'Every change of a user is an event, committed with the change. At least once, per user in gap-free order (`ce-subjectversion`), CloudEvents 1.0 in binary mode; duplicates keep their `ce-id`.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: { nats: { host: 'localhost:4222', protocol: 'nats', description: 'NATS with JetStream' } },
    channels: { events: eventsChannel(), deadLetters: deadLettersChannel() },
    operations: {
      receiveEvents: {
        action: 'receive',
        channel: ref('channels/events'),
        summary: 'Consume by a durable pull consumer',
      },
      sendDeadLetter: {
        action: 'send',
        channel: ref('channels/deadLetters'),
        summary: 'Tell that an event could not be handled',
      },
    },
    components: { messages: messages(), schemas: schemas() },
  };
  return new Map([
    ['docs/events/asyncapi.yaml', stringify(document, { lineWidth: 140, aliasDuplicateObjects: false })],
  ]);
}

function eventsChannel(): JsonObject {
  return {
    address: 'auth.events.{partition}.{entity}.{action}',
    title: `Stream ${EVENTS_STREAM}`,
    parameters: {
      partition: {
        description: 'FNV-1a (32 bits) of the subject modulo 16',
        enum: Array.from({ length: PARTITIONS }, (_, n) => `p${String(n).padStart(2, '0')}`),
      },
      entity: { description: 'First part of the type' },
      action: { description: 'Second part of the type' },
    },
    messages: Object.fromEntries(EVENT_TYPES.map((type) => [keyOf(type), ref(`components/messages/${keyOf(type)}`)])),
    'x-jetstream': { stream: EVENTS_STREAM, retention: 'limits', consumer: 'durable pull, explicit acknowledgement' },
  };
}

function deadLettersChannel(): JsonObject {
  return {
    address: deadLetterSubject('{consumer}'),
    title: `Stream ${DEAD_LETTERS_STREAM}`,
    parameters: { consumer: { description: 'Name of the durable consumer' } },
    messages: { deadLetter: ref('components/messages/deadLetter') },
    'x-jetstream': { stream: DEAD_LETTERS_STREAM, retention: 'limits' },
  };
}

function messages(): JsonObject {
  const ofTypes = CATALOGUE.map(({ type, label }) => {
    const name = type.slice(5) as EventType;
    return [
      keyOf(name),
      { name: type, title: type, summary: label, headers: HEADERS, payload: ref(`components/schemas/${keyOf(name)}`) },
    ];
  });
  const added = Object.fromEntries(Object.values(DEAD_LETTER_HEADERS).map((header) => [header, TEXT]));
  const deadLetter = {
    name: 'deadLetter',
    title: 'Dead letter',
    summary: 'An event that a consumer gave up on, as it was, with the reason',
    headers: { ...HEADERS, properties: { ...(HEADERS.properties as JsonObject), ...added } },
    payload: { type: 'object' },
  };
  return { ...(Object.fromEntries(ofTypes) as JsonObject), deadLetter };
}

function schemas(): JsonObject {
  const all: JsonObject = {};
  for (const type of EVENT_TYPES) {
    const { $schema: _, $id: __, $defs, ...schema } = dataSchema(type);
    all[keyOf(type)] = toComponents(schema);
    for (const [name, definition] of Object.entries($defs as JsonObject)) all[name] = toComponents(definition);
  }
  return all;
}

/** `#/$defs/X` → `#/components/schemas/X`. */
export function toComponents(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/')) as Json;
}

const ref = (path: string): JsonObject => ({ $ref: `#/${path}` });
const keyOf = (type: EventType): string => type.replace('.', '_');
