import type { ColumnSource, MappedTable } from '@usher/contracts/events/table-mapping';
import { parseBody, splitOutside, type TriggerWrite } from './trigger-body.js';

export interface Translation {
  tables: MappedTable[];
  /** What no mapping can say, one sentence each. */
  refused: string[];
}

/** Columns of `auth.users` → members of the user in an event. */
const MEMBERS: Record<string, string> = {
  ...Object.fromEntries(
    [
      'id',
      'aud',
      'role',
      'email',
      'phone',
      'email_confirmed_at',
      'phone_confirmed_at',
      'confirmed_at',
      'invited_at',
    ].map((name) => [name, name]),
  ),
  ...Object.fromEntries(
    ['last_sign_in_at', 'created_at', 'updated_at', 'banned_until', 'is_anonymous', 'deleted_at'].map((name) => [
      name,
      name,
    ]),
  ),
  raw_user_meta_data: 'user_metadata',
  raw_app_meta_data: 'app_metadata',
  email_change: 'new_email',
  phone_change: 'new_phone',
};

/** The mapping that does what trigger functions do, as far as one can. */
export function translateTriggers(functions: readonly string[]): Translation {
  const translation: Translation = { tables: [], refused: [] };
  for (const source of functions) {
    const { writes, others } = parseBody(source);
    for (const statement of others) translation.refused.push(`not a plain insert, update or delete: ${statement}`);
    for (const write of writes) translate(write, translation);
  }
  return translation;
}

function translate(write: TriggerWrite, { tables, refused }: Translation): void {
  const key = keyOf(write);
  if (!key)
    return void refused.push(`${write.kind} ${write.table}: no column is new.id (old.id), so no row is the user's`);
  const known = tables.find((table) => table.table === write.table && table.key === key);
  const table: MappedTable = known ?? { table: write.table, key, columns: {}, on: 'created', onDelete: 'keep' };
  if (!known) tables.push(table);
  if (write.kind === 'delete') table.onDelete = 'delete';
  if (write.kind === 'update') table.on = 'changed';
  for (const [column, expression] of write.columns) {
    const source = sourceOf(expression);
    if (source === undefined) refused.push(`${write.table}.${column} = ${expression}`);
    else if (column !== key) table.columns[column] = source;
  }
}

function keyOf({ kind, columns, where }: TriggerWrite): string | undefined {
  if (kind === 'insert') return columns.find(([, expression]) => /^new\.id$/i.test(expression))?.[0];
  const match = /^(?:(\w+) ?= ?(?:new|old)\.id|(?:new|old)\.id ?= ?(\w+))$/i.exec(where ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** Undefined for what a mapping cannot say. */
export function sourceOf(expression: string): ColumnSource | undefined {
  const text = withoutCast(expression.trim());
  const path = pathOf(text);
  if (path) return path;
  const fixed = literalOf(text);
  if (fixed !== undefined) return { value: fixed };
  if (/^(?:now\(\)|current_timestamp|timezone\('utc'(?:::text)?, now\(\)\))$/i.test(text)) return 'updated_at';
  const list = /^coalesce\((.*)\)$/i.exec(text)?.[1];
  return list === undefined ? undefined : firstOf(splitOutside(list, ',').map((part) => withoutCast(part.trim())));
}

function firstOf(parts: string[]): ColumnSource | undefined {
  const fallback = literalOf(parts.at(-1) ?? '');
  const paths = (fallback === undefined ? parts : parts.slice(0, -1)).map(pathOf);
  if (!paths.length || paths.some((path) => path === undefined)) return undefined;
  return { first: paths as string[], ...(fallback === undefined ? {} : { default: fallback }) };
}

function pathOf(text: string): string | undefined {
  const match = /^\(?new\.(\w+)\)?((?: ?->>? ?'[^']+')*)$/i.exec(text);
  const member = MEMBERS[match?.[1]?.toLowerCase() ?? ''];
  if (!match || !member) return undefined;
  const keys = [...match[2]!.matchAll(/->>? ?'([^']+)'/g)].map(([, key]) => key!);
  return keys.some((key) => key.includes('.')) ? undefined : [member, ...keys].join('.');
}

function literalOf(text: string): string | number | boolean | null | undefined {
  if (/^null$/i.test(text)) return null;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  return quoted?.replaceAll("''", "'");
}

/** `(new.raw_user_meta_data ->> 'age')::int` → what is cast: values get the types of their columns anyway. */
function withoutCast(text: string): string {
  const bare = text.replace(/::[\w ]+(?:\[\])?$/, '').trim();
  return /^\([^()]*\)$/.test(bare) ? bare.slice(1, -1).trim() : bare;
}
