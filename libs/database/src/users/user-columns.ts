/**
 * `SELECT ${USER_WITH_ASSOCIATIONS} FROM users u`: the row, its identities in order of creation and its factors, in one round trip. Any service may
 * read users this way; only `apps/users` writes them.
 */
export const USER_WITH_ASSOCIATIONS = `u.*,
  coalesce((SELECT json_agg(json_build_object('id', i.id, 'provider_id', i.provider_id, 'user_id', i.user_id, 'identity_data', i.identity_data,
    'provider', i.provider, 'last_sign_in_at', i.last_sign_in_at, 'created_at', i.created_at, 'updated_at', i.updated_at, 'email', i.email)
    ORDER BY i.created_at, i.provider, i.id) FROM identities i WHERE i.user_id = u.id), '[]') AS identities,
  coalesce((SELECT json_agg(json_build_object('id', f.id, 'created_at', f.created_at, 'updated_at', f.updated_at, 'status', f.status,
    'friendly_name', f.friendly_name, 'factor_type', f.factor_type, 'phone', f.phone, 'last_challenged_at', f.last_challenged_at,
    'web_authn_aaguid', f.web_authn_aaguid, 'last_webauthn_challenge_data', f.last_webauthn_challenge_data)
    ORDER BY f.created_at, f.id) FROM mfa_factors f WHERE f.user_id = u.id), '[]') AS factors`;
