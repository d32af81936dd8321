import type { JsonObject } from '@usher/contracts/user-object';
import type { Queryable } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import { v4 as uuid } from 'uuid';

/** `log_type` of each action (accounts.md §25.3). */
const LOG_TYPES = {
  login: 'account',
  logout: 'account',
  invite_accepted: 'account',
  user_signedup: 'team',
  user_invited: 'team',
  user_deleted: 'team',
  user_modified: 'user',
  user_recovery_requested: 'user',
  user_reauthenticate_requested: 'user',
  user_confirmation_requested: 'user',
  user_repeated_signup: 'user',
  user_updated_password: 'user',
  token_revoked: 'token',
  token_refreshed: 'token',
  factor_in_progress: 'factor',
  factor_unenrolled: 'factor',
  challenge_created: 'factor',
  verification_attempted: 'factor',
  factor_deleted: 'factor',
  factor_updated: 'factor',
  identity_linked: 'user',
  identity_unlinked: 'user',
  passkey_created: 'user',
  passkey_updated: 'user',
  passkey_deleted: 'user',
} as const;

export type AuditAction = keyof typeof LOG_TYPES;

/** Who is named in an entry: the user, or the administrator's role for both name and id. */
export interface AuditActor {
  id: string;
  isSsoUser: boolean;
  email: string;
  phone: string;
  userMetadata: JsonObject | null;
}

export interface AuditEntry {
  actor: AuditActor;
  action: AuditAction;
  traits?: JsonObject;
  /** Only factor, passkey and identity entries fill it. */
  ip?: string;
}

const insert = statement(
  'audit.insert',
  `INSERT INTO audit_log_entries (instance_id, id, payload, created_at, ip_address)
   SELECT '00000000-0000-0000-0000-000000000000', e.id, e.payload, $2, e.ip
   FROM json_to_recordset($1::json) AS e(id uuid, payload json, ip text)`,
);

/** The actor of a call with an administrator's token (accounts.md §22). */
export function adminActor(role: string): AuditActor {
  return { id: '00000000-0000-0000-0000-000000000000', isSsoUser: false, email: role, phone: '', userMetadata: null };
}

/** The append-only audit log (accounts.md §25): entries commit with the action; every writer may append, nobody changes. */
export class AuditLog {
  constructor(
    private readonly disabled: boolean,
    private readonly log: (entry: JsonObject) => void,
  ) {}

  async append(tx: Queryable, now: Date, ...entries: AuditEntry[]): Promise<void> {
    const rows = entries.map((entry) => ({ id: uuid(), payload: toPayload(entry), ip: entry.ip ?? '' }));
    for (const { id, payload, ip } of rows)
      this.log({ ...payload, audit_log_id: id, ip_address: ip, created_at: now.toISOString() });
    if (!this.disabled) await tx.run(insert, [jsonParameter(rows), now]);
  }
}

function toPayload({ actor, action, traits }: AuditEntry): JsonObject {
  const name = actor.userMetadata?.full_name;
  return {
    actor_id: actor.id,
    actor_via_sso: actor.isSsoUser,
    actor_username: actor.phone || actor.email,
    ...(typeof name === 'string' ? { actor_name: name } : {}),
    action,
    log_type: LOG_TYPES[action],
    ...(traits && Object.keys(traits).length ? { traits } : {}),
  };
}
