// Generated from libs/contracts by `npm run generate`: change it there.
import type {
  CustomProviderRecord,
  FactorRecord,
  IdentityRecord,
  MessageRecord,
  OAuthClientRecord,
  OAuthGrantRecord,
  PasskeyRecord,
  RecoveryCodesRecord,
  SessionRecord,
  SigningKeyRecord,
  SsoProviderRecord,
  UserRecord,
} from './records.js';

/** `record` of each type. */
export interface RecordOf {
  'user.created': UserRecord;
  'user.updated': UserRecord;
  'user.email_change_requested': UserRecord;
  'user.email_changed': UserRecord;
  'user.email_confirmed': UserRecord;
  'user.phone_change_requested': UserRecord;
  'user.phone_changed': UserRecord;
  'user.phone_confirmed': UserRecord;
  'user.password_changed': UserRecord;
  'user.confirmation_requested': UserRecord;
  'user.recovery_requested': UserRecord;
  'user.reauthentication_requested': UserRecord;
  'user.invited': UserRecord;
  'user.banned': UserRecord;
  'user.unbanned': UserRecord;
  'user.anonymous_upgraded': UserRecord;
  'user.signup_repeated': UserRecord;
  'user.deleted': UserRecord;
  'identity.linked': IdentityRecord;
  'identity.unlinked': IdentityRecord;
  'identity.updated': IdentityRecord;
  'session.created': SessionRecord;
  'session.upgraded': SessionRecord;
  'session.downgraded': SessionRecord;
  'session.revoked': SessionRecord;
  'session.expired': SessionRecord;
  'session.refreshed': SessionRecord;
  'sign_in.succeeded': UserRecord;
  'sign_in.failed': UserRecord;
  'refresh_token.reuse_detected': SessionRecord;
  'factor.enrolled': FactorRecord;
  'factor.verified': FactorRecord;
  'factor.updated': FactorRecord;
  'factor.removed': FactorRecord;
  'factor.challenged': FactorRecord;
  'factor.challenge_failed': FactorRecord;
  'recovery_codes.generated': RecoveryCodesRecord;
  'recovery_codes.used': RecoveryCodesRecord;
  'recovery_codes.removed': RecoveryCodesRecord;
  'passkey.created': PasskeyRecord;
  'passkey.renamed': PasskeyRecord;
  'passkey.used': PasskeyRecord;
  'passkey.removed': PasskeyRecord;
  'sso_provider.created': SsoProviderRecord;
  'sso_provider.updated': SsoProviderRecord;
  'sso_provider.deleted': SsoProviderRecord;
  'custom_provider.created': CustomProviderRecord;
  'custom_provider.updated': CustomProviderRecord;
  'custom_provider.deleted': CustomProviderRecord;
  'oauth_client.created': OAuthClientRecord;
  'oauth_client.updated': OAuthClientRecord;
  'oauth_client.deleted': OAuthClientRecord;
  'oauth_grant.granted': OAuthGrantRecord;
  'oauth_grant.revoked': OAuthGrantRecord;
  'message.sent': MessageRecord;
  'message.failed': MessageRecord;
  'signing_key.rotated': SigningKeyRecord;
}
