import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/, 'must be a plain name such as public.profiles');
const column = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'must be the plain name of a column');
const path = z.string().regex(/^[a-z_]+(\.[^.]+)*$/, 'must be a path into the user such as user_metadata.full_name');

/** A path into the record of the user, the first of several that is not empty, or a fixed value. */
const source = z.union([
  path,
  z.strictObject({ first: z.array(path).min(1), default: z.json().optional() }),
  z.strictObject({ value: z.json() }),
]);

const table = z.strictObject({
  table: name,
  /** Column that holds the id of the user; needs a unique index. */
  key: column.default('id'),
  columns: z.record(column, source),
  /** `created`: the row is made once and then left alone. `changed`: it follows the user. */
  on: z.enum(['created', 'changed']).default('changed'),
  onDelete: z.enum(['delete', 'keep']).default('delete'),
});

/** Which tables are filled from users, and how: the file of the ready consumer. */
export const tableMapping = z.strictObject({ tables: z.array(table).min(1) });

export type TableMapping = z.infer<typeof tableMapping>;
export type MappedTable = TableMapping['tables'][number];
export type ColumnSource = z.infer<typeof source>;
