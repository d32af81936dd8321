// Generated from libs/contracts by libs/auth-events/generate.mjs: change it there.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Through which door a change came; on every event. */
export type EventOrigin = 'api' | 'admin' | 'oauth' | 'saml' | 'import' | 'job';

export type ActorType = 'user' | 'admin' | 'system' | 'provider';

/** The catalogue (events.md): every type once. A type's entity is its first part and names the schema of `record`. */
export const EVENT_TYPES = [
  'user.created',
  'user.updated',
  'user.email_change_requested',
  'user.email_changed',
  'user.email_confirmed',
  'user.phone_change_requested',
  'user.phone_changed',
  'user.phone_confirmed',
  'user.password_changed',
  'user.confirmation_requested',
  'user.recovery_requested',
  'user.reauthentication_requested',
  'user.invited',
  'user.banned',
  'user.unbanned',
  'user.anonymous_upgraded',
  'user.signup_repeated',
  'user.deleted',
  'identity.linked',
  'identity.unlinked',
  'identity.updated',
  'session.created',
  'session.upgraded',
  'session.downgraded',
  'session.revoked',
  'session.expired',
  'session.refreshed',
  'sign_in.succeeded',
  'sign_in.failed',
  'refresh_token.reuse_detected',
  'factor.enrolled',
  'factor.verified',
  'factor.updated',
  'factor.removed',
  'factor.challenged',
  'factor.challenge_failed',
  'recovery_codes.generated',
  'recovery_codes.used',
  'recovery_codes.removed',
  'passkey.created',
  'passkey.renamed',
  'passkey.used',
  'passkey.removed',
  'sso_provider.created',
  'sso_provider.updated',
  'sso_provider.deleted',
  'custom_provider.created',
  'custom_provider.updated',
  'custom_provider.deleted',
  'oauth_client.created',
  'oauth_client.updated',
  'oauth_client.deleted',
  'oauth_grant.granted',
  'oauth_grant.revoked',
  'message.sent',
  'message.failed',
  'signing_key.rotated',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export interface EventData {
  record: JsonObject;
  previous: JsonObject | null;
  changed: string[];
  /** `ip`, `user_agent`, `session_id` and what the type adds. */
  context: JsonObject;
}

/** CloudEvents 1.0, structured (events.md "Envelope"). */
export interface AuthEvent {
  specversion: '1.0';
  /** UUIDv7: the deduplication key. */
  id: string;
  source: string;
  type: `auth.${EventType}`;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  /** Position in the feed, zero-padded to 20 digits: sorts as text, and is the cursor. */
  sequence: string;
  subjectversion: number;
  traceparent?: string;
  actortype: ActorType;
  actorid?: string;
  origin: EventOrigin;
  data: EventData;
}
