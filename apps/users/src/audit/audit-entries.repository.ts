import { Injectable } from '@nestjs/common';
import type { AuditPage } from '@usher/contracts/users/admin.contract';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { AuditQuery } from './audit-query.js';

export type AuditEntryRow = AuditPage['entries'][number];

/** `%` and `_` of the text are wildcards, as in the reference. */
const MATCHING = `e.instance_id = '00000000-0000-0000-0000-000000000000' AND ($1::text[] IS NULL OR EXISTS (
  SELECT FROM unnest($1::text[]) AS member WHERE e.payload->>member ILIKE $2))`;

const page = statement<(AuditEntryRow | { id: null }) & { total: number }>(
  'audit.page',
  `SELECT matching.total, page.* FROM (SELECT count(*)::float8 AS total FROM audit_log_entries e WHERE ${MATCHING}) matching
   LEFT JOIN LATERAL (SELECT e.id, e.payload, e.created_at, e.ip_address FROM audit_log_entries e WHERE ${MATCHING}
     ORDER BY e.created_at DESC, e.id LIMIT $3 OFFSET $4) page ON true
   ORDER BY page.created_at DESC, page.id`,
);

/** Reads `auth.audit_log_entries`; entries are written by `AuditLog` alone, and never changed. */
@Injectable()
export class AuditEntriesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. `limit` and `offset` are decimal text. */
  async page(
    query: AuditQuery | undefined,
    limit: string,
    offset: string,
  ): Promise<{ entries: AuditEntryRow[]; total: number }> {
    const values = [query?.members ?? null, query ? `%${query.text}%` : null, limit, offset];
    const rows = await this.database.rows(page, values);
    const found = rows.filter((row): row is AuditEntryRow & { total: number } => row.id !== null);
    const entries = found.map(({ id, payload, created_at, ip_address }) => ({ id, payload, created_at, ip_address }));
    return { entries, total: rows[0]?.total ?? 0 };
  }
}
