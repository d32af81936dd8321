import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { statement, type Statement } from '@usher/database/statement';
import { AUDIT_SCOPES, type AuditQuery, type AuditScope } from './audit-query.js';
import type { Page } from '../admin/page.js';

export interface AuditEntryRow {
  id: string;
  payload: JsonObject;
  created_at: string;
  ip_address: string;
}
type PageRow = (AuditEntryRow | { id: null }) & { total: number };

const NIL_INSTANCE = `instance_id = '00000000-0000-0000-0000-000000000000'`;

function pageOf(name: string, condition: string): Statement<PageRow> {
  const matching = `FROM audit_log_entries WHERE ${NIL_INSTANCE} AND ${condition}`;
  return statement<PageRow>(
    `audit.page.${name}`,
    `SELECT matching.total, page.* FROM (SELECT count(*) AS total ${matching}) matching
     LEFT JOIN LATERAL (SELECT id, payload, created_at, ip_address ${matching}
       ORDER BY created_at DESC, id LIMIT $1 OFFSET $2) page ON true
     ORDER BY page.created_at DESC, page.id`,
  );
}

const everything = pageOf('all', 'true');
const byScope = Object.fromEntries(
  Object.entries(AUDIT_SCOPES).map(([scope, members]) => {
    const condition = members.map((member) => `payload->>'${member}' ILIKE $3`).join(' OR ');
    return [scope, pageOf(scope, `(${condition})`)];
  }),
) as Record<AuditScope, Statement<PageRow>>;

/** Reads the audit log; `AuditLog` writes it. */
@Injectable()
export class AuditEntriesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page({ limit, offset }: Page, query?: AuditQuery): Promise<{ entries: AuditEntryRow[]; total: number }> {
    const rows = query
      ? await this.database.rows(byScope[query.scope], [limit, offset, `%${query.text}%`])
      : await this.database.rows(everything, [limit, offset]);
    // A page without entries still has the row with the total.
    const entries = rows.filter((row): row is AuditEntryRow & { total: number } => row.id !== null);
    const shown = entries.map(({ id, payload, created_at, ip_address }) => ({ id, payload, created_at, ip_address }));
    return { entries: shown, total: rows[0]?.total ?? 0 };
  }
}
