import type { AuthEvent, SubjectState } from '@usher/auth-events';
import type { MappedTable, TableMapping } from '@usher/contracts/events/table-mapping';
import type { JsonObject } from '@usher/contracts/user-object';
import type { PoolClient } from 'pg';
import { rowOf } from './row.js';

/** Every event of a user carries the user as it is afterwards, so that one statement a table serves all of them, once or ten times. */
export async function applyEvent(mapping: TableMapping, event: AuthEvent, client: PoolClient): Promise<void> {
  const { type, subject, data } = event;
  if (!type.startsWith('auth.user.')) return;
  for (const table of mapping.tables)
    if (type === 'auth.user.deleted') await removeRow(table, subject, client);
    else if (!data.context.truncated) await saveRow(table, subject, data.record, client);
}

/** Of the snapshot. */
export async function applyState(
  mapping: TableMapping,
  { subject, record }: SubjectState,
  client: PoolClient,
): Promise<void> {
  for (const table of mapping.tables)
    if (record) await saveRow(table, subject, record as unknown as JsonObject, client);
    else await removeRow(table, subject, client);
}

/** Values get the types of the columns. A row that a foreign key of the table refuses fails, and so is parked. */
async function saveRow(table: MappedTable, subject: string, record: JsonObject, client: PoolClient): Promise<void> {
  const row = rowOf(table, subject, record);
  const columns = Object.keys(row).sort();
  const names = columns.map(quote).join(', ');
  const others = columns.filter((column) => column !== table.key);
  const update = others.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ');
  const conflict = table.on === 'created' || !update ? 'NOTHING' : `UPDATE SET ${update}`;
  await client.query(
    `INSERT INTO ${table.table} (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::${table.table}, $1)
     ON CONFLICT (${quote(table.key)}) DO ${conflict}`,
    [JSON.stringify(row)],
  );
}

async function removeRow({ table, key, onDelete }: MappedTable, subject: string, client: PoolClient): Promise<void> {
  if (onDelete === 'delete') await client.query(`DELETE FROM ${table} WHERE ${quote(key)}::text = $1`, [subject]);
}

const quote = (column: string): string => `"${column}"`;
