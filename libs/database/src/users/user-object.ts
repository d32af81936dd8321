import type { FactorObject, IdentityObject, UserObject } from '@usher/contracts/user-object';
import type { FactorViewRow, IdentityRow, UserRow, UserWithAssociations } from './user-row.js';

/** `json_agg` writes times with an offset; clients see `Z`, and no trailing zeros. */
const time = (text: string): string =>
  text.endsWith('Z')
    ? text
    : text.replace(
        /(?:(\.\d*?)0+)?[+-]\d\d:\d\d$/,
        (_, fraction?: string) => `${fraction === '.' ? '' : (fraction ?? '')}Z`,
      );
const optional = (text: string | null): string | undefined => (text === null ? undefined : time(text));

/** The user object of the API (accounts.md §13.1): members in the reference's order, absent ones undefined. No secret column is read. */
export function toUserObject(row: UserWithAssociations): UserObject {
  const factors = row.factors.length ? row.factors.map(toFactorObject) : undefined;
  return userObject(row, factors, row.identities.map(toIdentityObject));
}

/** The user object without associations (`identities: null`), as the admin list has it. */
export function toBareUserObject(row: UserRow): UserObject {
  return userObject(row, undefined, null);
}

/** One literal: this is on every path, and putting it together from parts takes three times as long. */
function userObject(
  row: UserRow,
  factors: FactorObject[] | undefined,
  identities: IdentityObject[] | null,
): UserObject {
  return {
    id: row.id,
    aud: row.aud ?? '',
    role: row.role ?? '',
    email: row.email ?? '',
    email_confirmed_at: optional(row.email_confirmed_at),
    invited_at: optional(row.invited_at),
    phone: row.phone ?? '',
    phone_confirmed_at: optional(row.phone_confirmed_at),
    confirmation_sent_at: optional(row.confirmation_sent_at),
    confirmed_at: optional(row.confirmed_at),
    recovery_sent_at: optional(row.recovery_sent_at),
    new_email: row.email_change || undefined,
    email_change_sent_at: optional(row.email_change_sent_at),
    new_phone: row.phone_change || undefined,
    phone_change_sent_at: optional(row.phone_change_sent_at),
    reauthentication_sent_at: optional(row.reauthentication_sent_at),
    last_sign_in_at: optional(row.last_sign_in_at),
    app_metadata: row.raw_app_meta_data ?? {},
    user_metadata: row.raw_user_meta_data ?? {},
    factors,
    identities,
    created_at: time(row.created_at ?? '0001-01-01T00:00:00Z'),
    updated_at: time(row.updated_at ?? '0001-01-01T00:00:00Z'),
    banned_until: optional(row.banned_until),
    deleted_at: optional(row.deleted_at),
    is_anonymous: row.is_anonymous,
  };
}

/** accounts.md §13.2. */
export function toIdentityObject(row: IdentityRow): IdentityObject {
  return {
    identity_id: row.id,
    id: row.provider_id,
    user_id: row.user_id,
    identity_data: Object.keys(row.identity_data).length ? row.identity_data : undefined,
    provider: row.provider,
    last_sign_in_at: optional(row.last_sign_in_at),
    created_at: time(row.created_at ?? '0001-01-01T00:00:00Z'),
    updated_at: time(row.updated_at ?? '0001-01-01T00:00:00Z'),
    email: row.email || undefined,
  };
}

/** accounts.md §13.3. */
export function toFactorObject(row: FactorViewRow): FactorObject {
  return {
    id: row.id,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
    status: row.status,
    friendly_name: row.friendly_name || undefined,
    factor_type: row.factor_type,
    phone: row.phone ?? '',
    last_challenged_at: row.last_challenged_at === null ? null : time(row.last_challenged_at),
    web_authn_aaguid: row.web_authn_aaguid ?? undefined,
    last_webauthn_challenge_data: row.last_webauthn_challenge_data ?? undefined,
  };
}
