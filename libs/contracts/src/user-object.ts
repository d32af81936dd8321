export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The user as clients see it (accounts.md §13.1). Times are RFC 3339 with up to microseconds. */
export interface UserObject {
  id: string;
  aud: string;
  role: string;
  email: string;
  email_confirmed_at?: string;
  invited_at?: string;
  phone: string;
  phone_confirmed_at?: string;
  confirmation_sent_at?: string;
  confirmed_at?: string;
  recovery_sent_at?: string;
  new_email?: string;
  email_change_sent_at?: string;
  new_phone?: string;
  phone_change_sent_at?: string;
  reauthentication_sent_at?: string;
  last_sign_in_at?: string;
  app_metadata: JsonObject | null;
  user_metadata: JsonObject | null;
  factors?: FactorObject[];
  /** null where the reference does not load them (admin list). */
  identities: IdentityObject[] | null;
  created_at: string;
  updated_at: string;
  banned_until?: string;
  deleted_at?: string;
  is_anonymous: boolean;
}

/** accounts.md §13.2. `id` is the subject at the provider, `identity_id` the row. */
export interface IdentityObject {
  identity_id: string;
  id: string;
  user_id: string;
  identity_data?: JsonObject;
  provider: string;
  last_sign_in_at?: string;
  created_at: string;
  updated_at: string;
  email?: string;
}

/** accounts.md §13.3. */
export interface FactorObject {
  id: string;
  created_at: string;
  updated_at: string;
  status: 'verified' | 'unverified';
  friendly_name?: string;
  factor_type: 'totp' | 'phone' | 'webauthn';
  phone?: string;
  last_challenged_at?: string | null;
  web_authn_aaguid?: string;
  last_webauthn_challenge_data?: JsonObject;
}
