import { Injectable } from '@nestjs/common';
import type { SessionRecord } from '@usher/contracts/tokens/session-record';
import { Database, type Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { USER_WITH_ASSOCIATIONS } from '@usher/database/users/user-columns';
import type { AmrEntry } from '../access-tokens/claims.js';
import { AMR_AS_JSON, SESSION_AS_JSON } from '../sessions/session-columns.js';
import type { SessionRow } from '../sessions/session.entity.js';
import type { UserAndSession } from '../sessions/sessions.repository.js';
import type { KnownFactor, Lowered } from './second-factors.js';

/** `active`: newest version 1 token that is not revoked. */
export type RaisableSession = UserAndSession & { amr: AmrEntry[]; active: string | null };

const ACTIVE = `(SELECT t.token FROM refresh_tokens t WHERE t.session_id = s.id AND t.revoked = false ORDER BY t.id DESC LIMIT 1)`;

const find = statement<RaisableSession>(
  'assurance.find',
  `SELECT ${USER_WITH_ASSOCIATIONS}, ${SESSION_AS_JSON} AS session, ${AMR_AS_JSON} AS amr, ${ACTIVE} AS active
   FROM users u LEFT JOIN sessions s ON s.id = $2::uuid AND s.user_id = u.id WHERE u.id = $1`,
);

/** Two devices that verify at once end each other's sessions: one after the other, so that they cannot wait for each other. */
const claimUser = statement(
  'assurance.claimUser',
  `SELECT pg_advisory_xact_lock(hashtextextended('usher.assurance.' || $1::text, 0))`,
);

const lock = statement<{ session: SessionRow; active: string | null }>(
  'assurance.lock',
  `SELECT ${SESSION_AS_JSON} AS session, ${ACTIVE} AS active FROM sessions s WHERE s.id = $1 AND s.user_id = $2 FOR UPDATE OF s`,
);

const addMethod = statement(
  'assurance.addMethod',
  `INSERT INTO mfa_amr_claims (id, session_id, authentication_method, created_at, updated_at) VALUES (gen_random_uuid(), $1, $2, $3, $3)
   ON CONFLICT (session_id, authentication_method) DO UPDATE SET updated_at = excluded.updated_at`,
);

const raise = statement<{ session: SessionRow }>(
  'assurance.raise',
  `UPDATE sessions s SET aal = 'aal2', factor_id = $2::uuid, updated_at = $3,
     refresh_token_counter = coalesce($4::bigint, s.refresh_token_counter), refresh_token_hmac_key = coalesce($5::text, s.refresh_token_hmac_key)
   WHERE s.id = $1 RETURNING ${SESSION_AS_JSON} AS session`,
);

const swapToken = statement(
  'assurance.swapToken',
  `WITH old AS (
     UPDATE refresh_tokens SET revoked = true, updated_at = $3::timestamptz WHERE token = $1 AND revoked = false RETURNING user_id, session_id
   )
   INSERT INTO refresh_tokens (instance_id, token, parent, user_id, session_id, revoked, created_at, updated_at)
   SELECT '00000000-0000-0000-0000-000000000000', $2::text, $1, user_id, session_id, false, $3::timestamptz, $3::timestamptz FROM old`,
);

const endLower = statement<{ session: SessionRow }>(
  'assurance.endLower',
  `DELETE FROM sessions s WHERE s.user_id = $1 AND s.id <> $2 AND s.aal < 'aal2' RETURNING ${SESSION_AS_JSON} AS session`,
);

const raised = statement<{ session: SessionRow; methods: string[] }>(
  'assurance.raised',
  `SELECT ${SESSION_AS_JSON} AS session,
     ARRAY(SELECT a.authentication_method FROM mfa_amr_claims a WHERE a.session_id = s.id) AS methods
   FROM sessions s WHERE s.user_id = $1 AND (s.factor_id IS NOT NULL OR s.aal >= 'aal2') ORDER BY s.id FOR UPDATE OF s`,
);

const remaining = statement<KnownFactor>(
  'assurance.remaining',
  `SELECT id, factor_type AS type FROM mfa_factors WHERE user_id = $1 AND status = 'verified' AND id <> $2
   ORDER BY last_challenged_at DESC NULLS LAST`,
);

const dropMethods = statement(
  'assurance.dropMethods',
  'DELETE FROM mfa_amr_claims WHERE session_id = $1 AND authentication_method = ANY ($2)',
);

const lower = statement<{ session: SessionRow }>(
  'assurance.lower',
  `UPDATE sessions s SET aal = $2::aal_level, factor_id = $3::uuid, updated_at = $4 WHERE s.id = $1 RETURNING ${SESSION_AS_JSON} AS session`,
);

/** How sure a session is of its user: levels, the factor and the methods behind them. */
@Injectable()
export class AssuranceRepository {
  constructor(private readonly database: Database) {}

  find(userId: string, sessionId: string): Promise<RaisableSession | undefined> {
    return this.database.first(find, [userId, sessionId]);
  }

  async claimUser(tx: Transaction, userId: string): Promise<void> {
    await tx.run(claimUser, [userId]);
  }

  lock(
    tx: Transaction,
    userId: string,
    sessionId: string,
  ): Promise<{ session: SessionRow; active: string | null } | undefined> {
    return tx.first(lock, [sessionId, userId]);
  }

  async raise(
    tx: Transaction,
    sessionId: string,
    change: { method: string; factorId: string | null; counter: number | null; key: string | null; at: Date },
    now: Date,
  ): Promise<SessionRow> {
    const { method, factorId, counter, key, at } = change;
    await tx.run(addMethod, [sessionId, method, at]);
    return (await tx.first(raise, [sessionId, factorId, now, counter, key]))!.session;
  }

  /** @returns false when the old one was used or revoked meanwhile. */
  async swapToken(tx: Transaction, old: string, next: string, now: Date): Promise<boolean> {
    return (await tx.run(swapToken, [old, next, now])) === 1;
  }

  /** @returns the user's sessions below aal2, which are gone. */
  async endLower(tx: Transaction, userId: string, keepId: string): Promise<SessionRecord[]> {
    return (await tx.rows(endLower, [userId, keepId])).map(({ session }) => session);
  }

  raised(tx: Transaction, userId: string): Promise<{ session: SessionRow; methods: string[] }[]> {
    return tx.rows(raised, [userId]);
  }

  remainingFactors(tx: Transaction, userId: string, removedId: string): Promise<KnownFactor[]> {
    return tx.rows(remaining, [userId, removedId]);
  }

  async lower(tx: Transaction, sessionId: string, { dropped, aal, factorId }: Lowered, now: Date): Promise<SessionRow> {
    await tx.run(dropMethods, [sessionId, dropped]);
    return (await tx.first(lower, [sessionId, aal, factorId, now]))!.session;
  }
}
