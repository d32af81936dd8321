import type { AuthEvent } from '@usher/contracts/events/event';
import type { JsonObject } from '@usher/contracts/user-object';

/** The event with only these members of `record` and `previous`, and of `changed` what is left of them. The record keeps its id. */
export function project(event: AuthEvent, fields: readonly string[]): AuthEvent {
  const { record, previous, changed, context } = event.data;
  const names = new Set(fields.map((field) => field.split('.')[0]));
  const data = {
    record: pick(record, ['id', ...fields]),
    previous: previous && pick(previous, fields),
    changed: changed.filter((name) => names.has(name)),
    context,
  };
  return { ...event, data };
}

function pick(source: JsonObject, fields: readonly string[]): JsonObject {
  const result: JsonObject = {};
  for (const field of fields) {
    const [name = '', ...inner] = field.split('.');
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined) continue;
    if (!inner.length) result[name] = value;
    else if (isObject(value)) {
      const before = result[name];
      result[name] = { ...(isObject(before) ? before : {}), ...pick(value, [inner.join('.')]) };
    }
  }
  return result;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
