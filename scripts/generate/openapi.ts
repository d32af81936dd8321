import { CATALOGUE } from '@usher/contracts/events/catalogue';
import { plainSchema } from '@usher/contracts/events/plain-schema';
import { userRecord } from '@usher/contracts/events/records/user.record';
import type { JsonObject } from '@usher/contracts/user-object';
import { stringify } from 'yaml';
import { toComponents } from './asyncapi.js';
import type { Documents } from './documents.js';
import { routes, type Route } from './routes.js';

const ERROR = {
  type: 'object',
  description: 'Of the first format; `X-Supabase-Api-Version: 2024-01-01` asks for `{ code, message }`',
  properties: { code: { type: ['integer', 'string'] }, error_code: { type: 'string' }, msg: { type: 'string' } },
};

/** The HTTP side as an OpenAPI 3.1 document: every route that the gateway's controllers declare. */
export function openApi(): Documents {
  const paths: Record<string, JsonObject> = {};
  const names = new Map<string, number>();
  for (const route of routes()) {
    if (route.method === 'all') continue;
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, names) };
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Usher',
      version: '1.0.0',
      description:
        'The API of the Supabase Auth server, and the feed of auth events. A write answers with `Usher-Cursor`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://localhost:9999' }],
    paths,
    components: { schemas: schemas(), securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
  return new Map([['docs/openapi.yaml', stringify(document, { lineWidth: 140, aliasDuplicateObjects: false })]]);
}

function operation({ method, path, tag, operation: name, access }: Route, names: Map<string, number>): JsonObject {
  const id = `${tag.charAt(0).toLowerCase()}${tag.slice(1)}.${name}`;
  const nth = (names.get(id) ?? 0) + 1;
  names.set(id, nth);
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({
    name: parameter!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: nth > 1 ? `${id}${nth}` : id,
    tags: [tag],
    ...(access === 'public'
      ? {}
      : { security: [{ bearer: [] }], description: access === 'admin' ? 'For a service key.' : 'For a user.' }),
    ...(parameters.length ? { parameters } : {}),
    ...(['post', 'put', 'patch'].includes(method)
      ? { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }
      : {}),
    responses: {
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
      ...answer(path, method),
    },
  };
}

function answer(path: string, method: string): JsonObject {
  const schema = ANSWERS[`${method} ${path}`];
  return {
    '2XX': {
      description: 'Done',
      headers: { 'Usher-Cursor': { schema: { type: 'string' }, description: 'Of a write: `<subject>:<version>`' } },
      ...(schema ? { content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } } } : {}),
    },
  };
}

const ANSWERS: Record<string, string> = {
  'get /user': 'UserRecord',
  'put /user': 'UserRecord',
  'get /admin/users/{user_id}': 'UserRecord',
  'put /admin/users/{user_id}': 'UserRecord',
  'post /admin/users': 'UserRecord',
  'post /invite': 'UserRecord',
  'get /events': 'EventPage',
  'get /events/types': 'EventTypes',
};

function schemas(): JsonObject {
  const { $schema: _, $defs = {} } = plainSchema(userRecord);
  const event = {
    type: 'object',
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'sequence', 'subjectversion', 'data'],
    properties: { type: { enum: CATALOGUE.map(({ type }) => type) }, data: { type: 'object' } },
  };
  return {
    Error: ERROR,
    AuthEvent: event,
    EventPage: {
      type: 'object',
      required: ['data', 'cursor', 'has_more'],
      properties: {
        data: { type: 'array', items: { $ref: '#/components/schemas/AuthEvent' } },
        cursor: { type: 'string' },
        has_more: { type: 'boolean' },
      },
    },
    EventTypes: { type: 'object', properties: { data: { type: 'array', items: { type: 'object' } } } },
    ...(toComponents($defs) as JsonObject),
  };
}
