import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { jsonParameter } from '@usher/database/json-parameter';
import type { UserRow } from '@usher/database/users/user-row';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid } from 'uuid';

export type RefreshAction = 'token_refreshed' | 'token_revoked';

/** Entries that the writing statement of a refresh inserts itself, which `AuditLog.append` would do in a round trip of its own. */
export interface PreparedEntries {
  /** Parameter of `insertAuditEntries`; no rows when the table is not to be written. */
  rows: string;
  /** To be called once they are written. */
  written(): void;
}

/** `INSERT` of prepared entries; the caller appends a condition. */
export const insertAuditEntries = (entries: string, now: string): string =>
  `INSERT INTO audit_log_entries (instance_id, id, payload, created_at, ip_address)
   SELECT '00000000-0000-0000-0000-000000000000', e.id, e.payload, ${now}, '' FROM json_to_recordset(${entries}::json) AS e(id uuid, payload json)`;

@Injectable()
export class RefreshAudit {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  prepare(user: UserRow, actions: readonly RefreshAction[], now: Date): PreparedEntries {
    const rows = actions.map((action) => ({ id: uuid(), payload: payloadOf(user, action) }));
    const written = (): void => {
      for (const { id, payload } of rows) {
        const entry = { ...payload, audit_log_id: id, ip_address: '', created_at: now.toISOString() };
        this.logger.info({ component: 'audit', auth_audit_event: entry }, 'audit_event');
      }
    };
    return { rows: this.settings.audit.disablePostgres ? '[]' : jsonParameter(rows), written };
  }
}

/** accounts.md §25. */
function payloadOf(user: UserRow, action: RefreshAction): JsonObject {
  const name = user.raw_user_meta_data?.full_name;
  return {
    actor_id: user.id,
    actor_via_sso: user.is_sso_user,
    actor_username: user.phone || user.email || '',
    ...(typeof name === 'string' ? { actor_name: name } : {}),
    action,
    log_type: 'token',
  };
}
