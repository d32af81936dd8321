import { statement } from '@usher/database/statement';
import { insertAuditEntries } from './refresh-audit.js';

/**
 * The writes of a refresh, each one statement and so one short transaction by itself: half the round trips of a refresh. They start by locking what
 * they change. `SKIP LOCKED`: whoever comes second gets no row instead of waiting with a connection in hand; PostgreSQL checks the condition again on
 * the newest version of a row it locks, so that two uses of one token never both succeed. A user banned since the read gets no row either.
 *
 * Common parameters: $1 session, $2 now, $3 user agent, $4 address, $5 audit entries, $6 counter before, $7 counter after, $8 key after.
 */
const UNCHANGED_SESSION = `s.id = $1::uuid AND s.refresh_token_counter IS NOT DISTINCT FROM $6::bigint
  AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = s.user_id AND u.banned_until > $2::timestamptz)`;

const AUDIT = `${insertAuditEntries('$5', '$2::timestamptz')} WHERE EXISTS (SELECT 1 FROM session)`;

/** $9 parent, $10 child, $11 the parent is revoked already, $12 the child is born revoked (its session goes over to version 2). */
export const rotateV1 = statement<{ id: string }>(
  'refreshTokens.rotateV1',
  `WITH locked AS (
     SELECT t.id AS token_id, s.id, s.user_id FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
     WHERE t.token = $9::text AND coalesce(t.revoked, false) = $11::boolean AND ${UNCHANGED_SESSION}
       AND (NOT $11::boolean OR s.refresh_token_counter IS NOT NULL
         OR EXISTS (SELECT 1 FROM refresh_tokens a WHERE a.session_id = s.id AND a.revoked = false))
     FOR UPDATE OF t, s SKIP LOCKED
   ), parent AS (
     UPDATE refresh_tokens t SET revoked = true, updated_at = $2::timestamptz FROM locked l WHERE t.id = l.token_id AND NOT $11::boolean
   ), child AS (
     INSERT INTO refresh_tokens (instance_id, token, parent, user_id, session_id, revoked, created_at, updated_at)
     SELECT '00000000-0000-0000-0000-000000000000', $10::text, $9::text, l.user_id::text, l.id, $12::boolean, $2::timestamptz, $2::timestamptz FROM locked l
   ), session AS (
     UPDATE sessions s SET refreshed_at = $2::timestamptz AT TIME ZONE 'UTC', updated_at = $2::timestamptz, user_agent = $3::text, ip = $4::inet,
       refresh_token_counter = coalesce($7::bigint, s.refresh_token_counter), refresh_token_hmac_key = coalesce($8::text, s.refresh_token_hmac_key)
     FROM locked l WHERE s.id = l.id RETURNING s.id
   ), audit AS (${AUDIT})
   SELECT id FROM session`,
);

/** $9 address and agent move, $10 the time of inactivity starts anew, $11 version 1 token that must be active, or null. */
export const useSession = statement<{ id: string }>(
  'refreshTokens.useSession',
  `WITH locked AS (
     SELECT s.id FROM sessions s
     WHERE ${UNCHANGED_SESSION}
       AND ($11::text IS NULL OR EXISTS (SELECT 1 FROM refresh_tokens a WHERE a.token = $11::text AND a.session_id = s.id AND a.revoked = false))
     FOR UPDATE OF s SKIP LOCKED
   ), session AS (
     UPDATE sessions s SET updated_at = $2::timestamptz,
       refreshed_at = CASE WHEN $10::boolean THEN $2::timestamptz AT TIME ZONE 'UTC' ELSE s.refreshed_at END,
       user_agent = CASE WHEN $9::boolean THEN $3::text ELSE s.user_agent END, ip = CASE WHEN $9::boolean THEN $4::inet ELSE s.ip END,
       refresh_token_counter = coalesce($7::bigint, s.refresh_token_counter), refresh_token_hmac_key = coalesce($8::text, s.refresh_token_hmac_key)
     FROM locked l WHERE s.id = l.id RETURNING s.id
   ), audit AS (${AUDIT})
   SELECT id FROM session`,
);
