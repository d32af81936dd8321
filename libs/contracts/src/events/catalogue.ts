import { EVENT_TYPES, OPTIONAL_EVENT_TYPES, type EventType } from './event-types.js';

/** What a type stands for, in one line for people. A type without a line here does not compile. */
export const LABELS: Record<EventType, string> = {
  'user.created': 'A user was created: sign-up, invitation, administration, provider or import',
  'user.updated': 'Something of a user changed; `changed` names it',
  'user.email_change_requested': 'A user asked for another e-mail address',
  'user.email_changed': 'The e-mail address of a user changed',
  'user.email_confirmed': 'A user confirmed the e-mail address',
  'user.phone_change_requested': 'A user asked for another phone number',
  'user.phone_changed': 'The phone number of a user changed',
  'user.phone_confirmed': 'A user confirmed the phone number',
  'user.password_changed': 'The password of a user changed',
  'user.confirmation_requested': 'A code or link to sign in or to confirm was asked for',
  'user.recovery_requested': 'A recovery was asked for',
  'user.reauthentication_requested': 'A code for reauthentication was asked for',
  'user.invited': 'A user was invited',
  'user.banned': 'A user was banned, until `banned_until`',
  'user.unbanned': 'The ban of a user was lifted',
  'user.anonymous_upgraded': 'An anonymous user became a permanent one',
  'user.signup_repeated': 'Somebody signed up with the address of a user',
  'user.deleted': 'A user was deleted; `context.mode` is `soft` or `hard`',
  'identity.linked': 'A way to sign in was added to a user',
  'identity.unlinked': 'A way to sign in was taken from a user',
  'identity.updated': 'What a provider says of a user changed',
  'session.created': 'A session began',
  'session.upgraded': 'A session reached a higher level of assurance',
  'session.downgraded': 'A session fell back to a lower level of assurance',
  'session.revoked': 'A session was ended; `context.reason` says why',
  'session.expired': 'A session was over and was cleaned up',
  'session.refreshed': 'The tokens of a session were refreshed',
  'sign_in.succeeded': 'A user signed in',
  'sign_in.failed': 'A sign-in was refused',
  'refresh_token.reuse_detected': 'A refresh token was used twice: it may have been stolen',
  'factor.enrolled': 'A second factor was enrolled, not yet verified',
  'factor.verified': 'A second factor was verified for the first time',
  'factor.updated': 'A second factor changed',
  'factor.removed': 'A second factor was removed',
  'factor.challenged': 'A challenge of a second factor was made',
  'factor.challenge_failed': 'A challenge of a second factor was failed',
  'recovery_codes.generated': 'Recovery codes were generated; older ones are void',
  'recovery_codes.used': 'A recovery code was used',
  'recovery_codes.removed': 'The recovery codes of a user were removed',
  'passkey.created': 'A passkey was registered',
  'passkey.renamed': 'A passkey got another name',
  'passkey.used': 'A user signed in by a passkey',
  'passkey.removed': 'A passkey was removed',
  'sso_provider.created': 'An enterprise identity provider was added',
  'sso_provider.updated': 'An enterprise identity provider changed',
  'sso_provider.deleted': 'An enterprise identity provider was removed',
  'custom_provider.created': 'A custom provider was added',
  'custom_provider.updated': 'A custom provider changed',
  'custom_provider.deleted': 'A custom provider was removed',
  'oauth_client.created': 'A client of the OAuth server was registered',
  'oauth_client.updated': 'A client of the OAuth server changed',
  'oauth_client.deleted': 'A client of the OAuth server was removed',
  'oauth_grant.granted': 'A user allowed an OAuth client to act',
  'oauth_grant.revoked': 'A user withdrew the permission of an OAuth client',
  'message.sent': 'A mail or text was sent',
  'message.failed': 'A mail or text could not be sent',
  'signing_key.rotated': 'Access tokens are signed by another key',
};

/** Members of `context` that a type always has, besides `ip`, `user_agent` and `session_id` where they are known. */
export const CONTEXT_MEMBERS: Partial<Record<EventType, Record<string, string>>> = {
  'user.deleted': { mode: '`soft`: the row stays, without personal data; `hard`: it is gone' },
  'session.created': { method: 'How the user proved who it is: `password`, `otp`, `oauth` …' },
  'session.revoked': { reason: '`logout`, `password_changed`, `refresh_token_reused` …' },
  'sign_in.succeeded': { method: 'How the user proved who it is: `password`, `otp`, `oauth` …' },
};

export interface EventTypeEntry {
  /** As in an event: `auth.user.created`. */
  type: `auth.${EventType}`;
  label: string;
  /** Major version of the schema of `data`. Members are only ever added within one. */
  version: number;
  /** High volume: appended only where a setting asks for it. */
  optional: boolean;
  /** Path of its JSON Schema below the URL of the auth API. */
  schema: string;
}

export const SCHEMA_VERSION = 1;

export const schemaPath = (type: EventType): string => `/events/schemas/v${SCHEMA_VERSION}/${type}.json`;

/** What `GET /events/types` lists. */
export const CATALOGUE: readonly EventTypeEntry[] = EVENT_TYPES.map((type) => ({
  type: `auth.${type}`,
  label: LABELS[type],
  version: SCHEMA_VERSION,
  optional: OPTIONAL_EVENT_TYPES.includes(type),
  schema: schemaPath(type),
}));
