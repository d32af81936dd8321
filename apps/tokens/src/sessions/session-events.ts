import type { NewEvent } from '@usher/contracts/events/event';
import type { SessionRecord } from '@usher/contracts/tokens/session-record';

/** Names each member, so that the key of the refresh tokens can never slip into an event. */
function toRecord(session: SessionRecord): SessionRecord {
  return {
    id: session.id,
    user_id: session.user_id,
    created_at: session.created_at,
    refreshed_at: session.refreshed_at,
    not_after: session.not_after,
    aal: session.aal,
    factor_id: session.factor_id,
    user_agent: session.user_agent,
    ip: session.ip,
    tag: session.tag,
    oauth_client_id: session.oauth_client_id,
    scopes: session.scopes,
  };
}

export function sessionCreated(session: SessionRecord, method: string): NewEvent {
  return { type: 'session.created', subject: session.user_id, record: toRecord(session), context: { method } };
}

/** `method`: the second factor that the session has shown. */
export function sessionUpgraded(after: SessionRecord, before: SessionRecord, method: string): NewEvent {
  return {
    ...{ type: 'session.upgraded', subject: after.user_id, record: toRecord(after) },
    ...{ previous: { aal: before.aal, factor_id: before.factor_id }, context: { method } },
  };
}

/** A factor that had raised the session is gone. */
export function sessionDowngraded(after: SessionRecord, before: SessionRecord): NewEvent {
  const previous = { aal: before.aal, factor_id: before.factor_id };
  return { type: 'session.downgraded', subject: after.user_id, record: toRecord(after), previous };
}

/** `reason`: `logout`, `password_changed`, `refresh_token_reused` … */
export function sessionRevoked(session: SessionRecord, reason: string): NewEvent {
  return { type: 'session.revoked', subject: session.user_id, record: toRecord(session), context: { reason } };
}

export function sessionRefreshed(session: SessionRecord, previousRefresh: string | null): NewEvent {
  const previous = { refreshed_at: previousRefresh };
  return { type: 'session.refreshed', subject: session.user_id, record: toRecord(session), previous };
}

export function reuseDetected(session: SessionRecord): NewEvent {
  return { type: 'refresh_token.reuse_detected', subject: session.user_id, record: toRecord(session) };
}

/** `reason`: what ran out: `not_after`, `timebox`, `inactivity`. */
export function sessionExpired(session: SessionRecord, reason: string): NewEvent {
  return { type: 'session.expired', subject: session.user_id, record: toRecord(session), context: { reason } };
}
