import { createHash } from 'node:crypto';
import type { Queryable } from './database.js';
import { statement } from './statement.js';

/**
 * `UPDATE … SET` of just the given columns, `updated_at` included, answering the whole row. Column names come from the row type at compile time
 * and are checked again here, so that no text of a client can become SQL.
 */
export async function updateRow<Row extends { id: string }>(
  tx: Queryable,
  table: string,
  id: string,
  patch: Partial<Row>,
  now: Date,
): Promise<Row> {
  const columns = Object.keys(patch).sort();
  const bad = columns.find((column) => !/^[a-z_]+$/.test(column));
  if (bad) throw new Error(`not a column: ${bad}`);
  const assignments = columns.map((column, i) => `${column} = $${i + 3}`);
  const update = statement<Row>(
    // PostgreSQL cuts names at 63 bytes, so the set of columns goes in as a digest.
    `${table}.update.${createHash('sha1').update(columns.join()).digest('hex').slice(0, 16)}`,
    `UPDATE ${table} SET updated_at = $2${assignments.map((a) => `, ${a}`).join('')} WHERE id = $1 RETURNING *`,
  );
  const values = columns.map((column) => patch[column as keyof Row]);
  const row = await tx.first(update, [id, now, ...values]);
  if (!row) throw new Error(`${table} ${id} is gone`);
  return row;
}
