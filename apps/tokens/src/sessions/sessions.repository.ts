import { Injectable } from '@nestjs/common';
import type { SessionRecord } from '@usher/contracts/tokens/session-record';
import { Database, type Queryable, type Transaction } from '@usher/database/database';
import { liveSession } from '@usher/database/sessions/live-session';
import { statement } from '@usher/database/statement';
import { USER_WITH_ASSOCIATIONS } from '@usher/database/users/user-columns';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { SESSION_AS_JSON } from './session-columns.js';
import type { ListedSession, NewSession, SessionRow } from './session.entity.js';

/** A user and, where it is theirs, the session asked for. */
export type UserAndSession = UserWithAssociations & { session: SessionRow | null };

const find = statement<UserAndSession>(
  'sessions.findWithUser',
  `SELECT ${USER_WITH_ASSOCIATIONS}, ${SESSION_AS_JSON} AS session
   FROM users u LEFT JOIN sessions s ON s.id = $2::uuid AND s.user_id = u.id AND ${liveSession('s')} WHERE u.id = $1`,
);

const insert = statement<{ session: SessionRow }>(
  'sessions.insert',
  `WITH s AS (
     INSERT INTO sessions (id, user_id, aal, user_agent, ip, not_after, oauth_client_id, scopes, refresh_token_hmac_key, refresh_token_counter,
       created_at, updated_at)
     SELECT $1::uuid, u.id, 'aal1', $3::text, $4::inet, $5::timestamptz, $6::uuid, $7::text, $8::text, CASE WHEN $8::text IS NOT NULL THEN 0 END, $9::timestamptz, $9::timestamptz
     FROM users u WHERE u.id = $2::uuid RETURNING *
   ), token AS (
     INSERT INTO refresh_tokens (instance_id, token, user_id, session_id, revoked, created_at, updated_at)
     SELECT '00000000-0000-0000-0000-000000000000', $10::text, s.user_id::text, s.id, false, $9::timestamptz, $9::timestamptz FROM s WHERE $10::text IS NOT NULL
   ), method AS (
     INSERT INTO mfa_amr_claims (id, session_id, authentication_method, created_at, updated_at) SELECT gen_random_uuid(), s.id, $11::text, $9::timestamptz, $9::timestamptz FROM s
   )
   SELECT ${SESSION_AS_JSON} AS session FROM s`,
);

const removeAll = statement<{ session: SessionRow }>(
  'sessions.removeAll',
  `DELETE FROM sessions s WHERE s.user_id = $1 AND ($2::uuid IS NULL OR s.id <> $2::uuid) RETURNING ${SESSION_AS_JSON} AS session`,
);

const removeOne = statement<{ session: SessionRow }>(
  'sessions.removeOne',
  `DELETE FROM sessions s WHERE s.user_id = $1 AND s.id = $2 RETURNING ${SESSION_AS_JSON} AS session`,
);

/** Told by the order of the user's events, no clock: what was opened after the event stays. */
const removeOlder = statement<{ session: SessionRow }>(
  'sessions.removeOlder',
  `DELETE FROM sessions s WHERE s.user_id = $1 AND ($2::uuid IS NULL OR s.id <> $2::uuid) AND NOT EXISTS (
     SELECT 1 FROM auth_events.outbox o WHERE o.subject_id = s.user_id AND o.version > $3 AND o.type = 'session.created'
       AND o.data->'record'->>'id' = s.id::text)
   RETURNING ${SESSION_AS_JSON} AS session`,
);

const others = statement<{ session: SessionRow }>(
  'sessions.others',
  `SELECT ${SESSION_AS_JSON} AS session FROM sessions s WHERE s.user_id = $1 AND s.id <> $2 AND ${liveSession('s')}`,
);

const list = statement<ListedSession>(
  'sessions.list',
  `SELECT ${SESSION_AS_JSON} AS session, coalesce((SELECT json_agg(a.authentication_method ORDER BY a.updated_at DESC)
     FROM mfa_amr_claims a WHERE a.session_id = s.id), '[]') AS methods
   FROM sessions s WHERE s.user_id = $1 AND ${liveSession('s')}
   ORDER BY coalesce(s.refreshed_at AT TIME ZONE 'UTC', s.created_at) DESC NULLS LAST, s.id LIMIT 1000`,
);

const lock = statement('sessions.lock', 'SELECT id FROM sessions WHERE id = $1 FOR UPDATE SKIP LOCKED');

const claimUser = statement<{ claimed: boolean }>(
  'sessions.claimUser',
  `SELECT pg_try_advisory_xact_lock(hashtextextended('usher.sessions.' || $1::text, 0)) AS claimed`,
);

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  /** The user, with the session if it exists and belongs to that user. */
  findWithUser(userId: string, sessionId: string | null): Promise<UserAndSession | undefined> {
    return this.database.first(find, [userId, sessionId]);
  }

  /** Session, first refresh token and AMR entry; undefined when the user was deleted meanwhile. */
  async insert(tx: Transaction, session: NewSession, now: Date): Promise<SessionRow | undefined> {
    const { id, userId, userAgent, ip, notAfter, oauthClientId, scopes, hmacKey, refreshToken, method } = session;
    const values = [id, userId, userAgent, ip, notAfter, oauthClientId, scopes, hmacKey, now, refreshToken, method];
    return (await tx.first(insert, values))?.session;
  }

  /** @returns the ended sessions. */
  async removeAll(tx: Transaction, userId: string, keepId: string | null): Promise<SessionRecord[]> {
    return (await tx.rows(removeAll, [userId, keepId])).map(({ session }) => session);
  }

  /** Those that were opened before the event of this version. @returns the ended sessions. */
  async removeOlder(tx: Transaction, userId: string, keepId: string | null, version: number): Promise<SessionRecord[]> {
    return (await tx.rows(removeOlder, [userId, keepId, version])).map(({ session }) => session);
  }

  async removeOne(tx: Transaction, userId: string, id: string): Promise<SessionRecord[]> {
    return (await tx.rows(removeOne, [userId, id])).map(({ session }) => session);
  }

  /** Last seen first, a thousand at most. */
  list(userId: string): Promise<ListedSession[]> {
    return this.database.rows(list, [userId]);
  }

  async others(on: Queryable, { user_id, id }: SessionRow): Promise<SessionRow[]> {
    return (await on.rows(others, [user_id, id])).map(({ session }) => session);
  }

  /** @returns false when another request holds it or it is gone. */
  async lock(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.run(lock, [id])) === 1;
  }

  /**
   * Keeps other refreshes of the user's sessions out until commit; false when one is under way. An advisory lock, because this service may not
   * lock rows of users.
   */
  async claimUser(tx: Transaction, userId: string): Promise<boolean> {
    return (await tx.first(claimUser, [userId]))!.claimed;
  }
}
