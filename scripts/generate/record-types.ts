import { EVENT_TYPES } from '@usher/contracts/events/event-types';
import { plainSchema } from '@usher/contracts/events/plain-schema';
import { entityOf, RECORDS } from '@usher/contracts/events/records/records';
import type { JsonObject } from '@usher/contracts/user-object';
import { compile } from 'json-schema-to-typescript';
import type { Documents } from './documents.js';

const HEAD = '// Generated from libs/contracts by `npm run generate`: change it there.';

/** TypeScript types of the records, for libs/auth-events. */
export async function recordTypes(): Promise<Documents> {
  const definitions = Object.assign({}, ...Object.values(RECORDS).map(definitionsOf)) as JsonObject;
  const root = { title: 'Unused', type: 'object', properties: {}, additionalProperties: false, definitions };
  const interfaces = await compile(root as object, 'Unused', {
    additionalProperties: false,
    bannerComment: '',
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 120, trailingComma: 'all' },
  });
  const records = interfaces
    .replace(/export interface Unused \{\}\n/, '')
    .replace(/\/\*\*\n \* This interface was referenced by[\s\S]*?\*\/\n/g, '')
    .replace(/ \*\n \* This interface was referenced by[^\n]*\n \* via[^\n]*\n/g, '')
    .replace(/\/\*\*\n\s+\* ([^\n]*)\n\s+\*\//g, '/** $1 */')
    .replace(/: \{\}/g, ': Record<string, unknown>')
    .trim();
  return new Map([
    ['libs/auth-events/src/records.ts', `${HEAD}\n\n${records}\n`],
    ['libs/auth-events/src/record-of.ts', `${HEAD}\n${recordMap()}\n`],
  ]);
}

function definitionsOf(record: (typeof RECORDS)[keyof typeof RECORDS]): JsonObject {
  const { $schema: _, $defs = {}, ...schema } = plainSchema(record);
  // A schema with a name of its own may stand among the definitions already.
  return JSON.parse(
    JSON.stringify({ ...($defs as JsonObject), ...(schema.$ref ? {} : { [nameOf(record)]: schema }) }).replaceAll(
      '#/$defs/',
      '#/definitions/',
    ),
  ) as JsonObject;
}

function recordMap(): string {
  const names = [...new Set(Object.values(RECORDS).map(nameOf))].sort();
  const imports = `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from './records.js';`;
  const lines = EVENT_TYPES.map((type) => `  '${type}': ${nameOf(RECORDS[entityOf(type)])};`);
  return `${imports}\n\n/** \`record\` of each type. */\nexport interface RecordOf {\n${lines.join('\n')}\n}`;
}

const nameOf = (record: (typeof RECORDS)[keyof typeof RECORDS]): string => record.meta()?.id ?? '';
