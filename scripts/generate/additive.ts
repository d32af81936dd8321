import type { JsonObject } from '@usher/contracts/user-object';

/**
 * What in `next` would break a reader of `released`: a member that is gone or is no longer certain, another type, a value that was not there.
 * Additions are no finding.
 */
export function breakingChanges(released: JsonObject, next: JsonObject, path = ''): string[] {
  const found: string[] = [];
  for (const name of listOf(released.required))
    if (!listOf(next.required).includes(name)) found.push(`${path}/${name} is no longer required`);
  for (const type of listOf(next.type))
    if (released.type !== undefined && !listOf(released.type).includes(type)) found.push(`${path} may now be ${type}`);
  for (const value of listOf(next.enum))
    if (released.enum !== undefined && !listOf(released.enum).includes(value))
      found.push(`${path} may now be "${value}"`);
  if (released.enum === undefined ? false : next.enum === undefined) found.push(`${path} may now be anything`);
  for (const group of ['properties', '$defs'])
    for (const [name, member] of Object.entries((released[group] ?? {}) as Record<string, JsonObject>)) {
      const after = ((next[group] ?? {}) as Record<string, JsonObject>)[name];
      if (after) found.push(...breakingChanges(member, after, `${path}/${name}`));
      else found.push(`${path}/${name} is gone`);
    }
  if (released.items && next.items)
    found.push(...breakingChanges(released.items as JsonObject, next.items as JsonObject, `${path}[]`));
  if (JSON.stringify(released.$ref) !== JSON.stringify(next.$ref)) found.push(`${path} is of another kind`);
  return found;
}

const listOf = (value: unknown): string[] => (value === undefined ? [] : ([value].flat() as string[]));
