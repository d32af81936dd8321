import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { dataSchema } from '@usher/contracts/events/data-schema';
import { EVENT_TYPES } from '@usher/contracts/events/event-types';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { JsonObject } from '@usher/contracts/user-object';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { breakingChanges } from '../../scripts/generate/additive.js';
import { documents } from '../../scripts/generate/documents.js';

describe('generated documents', () => {
  it('are what the contract objects say: run `npm run generate`', async () => {
    const stale = [...(await documents())].filter(([file, text]) => readFileSync(file, 'utf8') !== text);

    expect(stale.map(([file]) => file)).toEqual([]);
  });

  it('describe the streams as an AsyncAPI 3 document without errors', async () => {
    const { document, diagnostics } = await new Parser().parse(readFileSync('docs/events/asyncapi.yaml', 'utf8'));

    expect(diagnostics.filter(({ severity }) => severity < 2)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    expect(document?.components().messages().length).toBe(EVENT_TYPES.length + 1);
  });

  it('describe the HTTP side as a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(readFileSync('docs/openapi.yaml', 'utf8'));

    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  it('are JSON Schemas that a validator takes', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);

    for (const type of EVENT_TYPES) expect(() => ajv.compile(dataSchema(type))).not.toThrow();
  });

  it('have lost nothing since the last release', () => {
    const released = JSON.parse(readFileSync('docs/events/released-schemas.json', 'utf8')) as Record<
      string,
      JsonObject
    >;
    const changes = Object.entries(released).flatMap(([type, schema]) =>
      (EVENT_TYPES as readonly string[]).includes(type)
        ? breakingChanges(schema, dataSchema(type as (typeof EVENT_TYPES)[number]), type)
        : [`${type} is gone`],
    );

    expect(changes).toEqual([]);
  });
});

describe('the check of changes', () => {
  const released = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, kind: { enum: ['a'] }, list: { type: 'array', items: { type: 'string' } } },
  };
  const change = (properties: JsonObject, required = ['id']): string[] =>
    breakingChanges(released, { ...released, required, properties: { ...released.properties, ...properties } });

  it('lets members be added', () => {
    expect(change({ more: { type: 'number' } }, ['id', 'more'])).toEqual([]);
  });

  it('refuses what readers would stumble over', () => {
    expect(change({}, [])).toEqual(['/id is no longer required']);
    expect(change({ id: { type: ['string', 'null'] } })).toEqual(['/id may now be null']);
    expect(change({ kind: { enum: ['a', 'b'] } })).toEqual(['/kind may now be "b"']);
    expect(change({ list: { type: 'array', items: { type: 'number' } } })).toEqual(['/list[] may now be number']);
    expect(breakingChanges(released, { ...released, properties: { id: { type: 'string' } } })).toEqual([
      '/kind is gone',
      '/list is gone',
    ]);
  });
});
