import type { ColumnSource, MappedTable } from '@usher/contracts/events/table-mapping';
import type { Json, JsonObject } from '@usher/contracts/user-object';

/** The row of a user, as the mapping wants it. */
export function rowOf({ key, columns }: MappedTable, subject: string, record: JsonObject): JsonObject {
  const row: JsonObject = { [key]: subject };
  for (const [column, source] of Object.entries(columns)) if (column !== key) row[column] = valueOf(source, record);
  return row;
}

function valueOf(source: ColumnSource, record: JsonObject): Json {
  if (typeof source === 'string') return pick(record, source);
  if ('value' in source) return source.value as Json;
  const found = source.first.map((path) => pick(record, path)).find((value) => value !== null);
  return found ?? (source.default as Json | undefined) ?? null;
}

/** Empty text stands for "none" in the record of a user, as `email` of who has only a phone. */
function pick(record: JsonObject, path: string): Json {
  let value: Json | undefined = record;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, part)) return null;
    value = value[part];
  }
  return value === undefined || value === '' ? null : value;
}
