// Generated from libs/contracts by `npm run generate`: change it there.

/** A user, without secrets */
export interface UserRecord {
  /** Id of the user */
  id: string;
  /** Audience of the tokens of the user */
  aud: string;
  /** Database role of the user */
  role: string;
  /** Empty when there is none */
  email: string;
  /** When the address was confirmed */
  email_confirmed_at?: string;
  /** When the user was invited */
  invited_at?: string;
  /** Digits without `+`; empty when there is none */
  phone: string;
  /** When the number was confirmed */
  phone_confirmed_at?: string;
  /** When a confirmation was last sent */
  confirmation_sent_at?: string;
  /** When the first of address and number was confirmed */
  confirmed_at?: string;
  /** When a recovery was last sent */
  recovery_sent_at?: string;
  /** Address that waits for its confirmation */
  new_email?: string;
  /** When the change of the address was asked for */
  email_change_sent_at?: string;
  /** Number that waits for its confirmation */
  new_phone?: string;
  /** When the change of the number was asked for */
  phone_change_sent_at?: string;
  /** When a reauthentication code was last sent */
  reauthentication_sent_at?: string;
  /** When the user last signed in */
  last_sign_in_at?: string;
  /** What only servers may write */
  app_metadata: Record<string, unknown> | null;
  /** What the user may write */
  user_metadata: Record<string, unknown> | null;
  /** Second factors; absent when there are none */
  factors?: FactorRecord[];
  /** Ways to sign in; null where they were not loaded */
  identities: IdentityRecord[] | null;
  /** When the user was created */
  created_at: string;
  /** When the user was last changed */
  updated_at: string;
  /** End of a ban */
  banned_until?: string;
  /** When the user was deleted softly */
  deleted_at?: string;
  /** Signed in without any address or provider */
  is_anonymous: boolean;
}
/** A second factor, without its secret or credential */
export interface FactorRecord {
  /** Id of the factor */
  id: string;
  /** Id of the user; absent inside of a user */
  user_id?: string;
  /** When it was enrolled */
  created_at: string;
  /** When it was last changed */
  updated_at: string;
  /** Only a verified one counts */
  status: 'verified' | 'unverified';
  /** Name that the user gave it */
  friendly_name?: string;
  /** Kind */
  factor_type: 'totp' | 'phone' | 'webauthn';
  /** Number of a phone factor, empty otherwise */
  phone?: string;
  /** When a challenge was last made */
  last_challenged_at?: string | null;
  /** Model of the authenticator */
  web_authn_aaguid?: string;
}
/** A way in which a user signs in */
export interface IdentityRecord {
  /** Id of the identity */
  identity_id: string;
  /** Subject at the provider */
  id: string;
  /** Id of the user */
  user_id: string;
  /** Claims of the provider */
  identity_data?: Record<string, unknown>;
  /** `email`, `phone`, `google`, `sso:<id>` … */
  provider: string;
  /** When it was last used */
  last_sign_in_at?: string;
  /** When it was linked */
  created_at: string;
  /** When it was last changed */
  updated_at: string;
  /** Address at the provider */
  email?: string;
}
/** A session, without what signs its refresh tokens */
export interface SessionRecord {
  /** Id of the session, `session_id` of its access tokens */
  id: string;
  /** Id of the user */
  user_id: string;
  /** When it began */
  created_at: string | null;
  /** When it was last refreshed */
  refreshed_at: string | null;
  /** When it ends at the latest */
  not_after: string | null;
  /** Level of assurance: `aal1`, `aal2` */
  aal: string | null;
  /** Second factor that was used */
  factor_id: string | null;
  /** Of the client that last used it */
  user_agent: string | null;
  /** Address of the client that last used it */
  ip: string | null;
  /** Free label */
  tag: string | null;
  /** OAuth client that it belongs to */
  oauth_client_id: string | null;
  /** Scopes of an OAuth client, parted by spaces */
  scopes: string | null;
}
/** The recovery codes of a user, without the codes */
export interface RecoveryCodesRecord {
  /** Id of the user */
  user_id: string;
  /** Codes that can still be used */
  remaining?: number;
}
/** A passkey, without its public key */
export interface PasskeyRecord {
  /** Id of the passkey */
  id: string;
  /** Id of the user */
  user_id?: string;
  /** Name that the user gave it */
  friendly_name?: string;
  /** When it was registered */
  created_at: string;
  /** When it was last changed */
  updated_at?: string;
  /** When it was last used */
  last_used_at?: string | null;
  /** Model of the authenticator */
  aaguid?: string | null;
  /** Synchronised by its maker */
  backed_up?: boolean;
}
/** An enterprise identity provider */
export interface SsoProviderRecord {
  /** Id of the provider */
  id: string;
  /** Name of the provider in tools */
  resource_id?: string;
  /** Nobody can sign in by it */
  disabled?: boolean;
  /** SAML 2.0 settings, as the admin API shows them */
  saml?: {
    /** Entity id of the identity provider */
    entity_id: string;
  };
  /** Whose users are sent to it */
  domains?: {
    /** Domain of e-mail addresses */
    domain: string;
  }[];
  /** When it was created */
  created_at?: string;
  /** When it was last changed */
  updated_at?: string;
}
/** A custom OAuth or OpenID provider, without the client secret */
export interface CustomProviderRecord {
  /** Id of the provider */
  id: string;
  /** Protocol */
  provider_type: 'oauth2' | 'oidc';
  /** As in `?provider=custom:…` */
  identifier: string;
  /** Name for people */
  name: string;
  /** Our client id there */
  client_id: string;
  /** Users can sign in by it */
  enabled?: boolean;
  /** Issuer of an OpenID provider */
  issuer?: string;
  /** When it was created */
  created_at?: string;
  /** When it was last changed */
  updated_at?: string;
}
/** A client of the OAuth server, without its secret */
export interface OAuthClientRecord {
  /** Id of the client */
  client_id: string;
  /** Name for people */
  client_name?: string;
  /** Home page */
  client_uri?: string;
  /** Logo */
  logo_uri?: string;
  /** Whether it has a secret */
  client_type?: 'public' | 'confidential';
  /** How it was registered */
  registration_type?: 'dynamic' | 'manual';
  /** Where users may be sent back to */
  redirect_uris?: string[];
  /** Grants that it may use */
  grant_types?: string[];
  /** When it was registered */
  created_at?: string;
  /** When it was last changed */
  updated_at?: string;
}
/** A user's consent to an OAuth client */
export interface OAuthGrantRecord {
  /** Id of the user */
  user_id: string;
  /** Id of the OAuth client */
  client_id: string;
  /** Scopes that were granted */
  scopes?: string | string[];
  /** When it was granted */
  granted_at?: string;
  /** When it was revoked */
  revoked_at?: string | null;
}
/** A mail or text, without address, link or code */
export interface MessageRecord {
  /** Id of the message */
  id?: string;
  /** Id of the user */
  user_id?: string;
  /** Way */
  kind?: 'email' | 'sms';
  /** `confirmation`, `recovery` … */
  template?: string;
}
/** The key that signs access tokens, public part */
export interface SigningKeyRecord {
  /** Id of the key */
  kid?: string;
  /** Algorithm */
  alg?: string;
}
