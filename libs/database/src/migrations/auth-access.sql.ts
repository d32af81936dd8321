const guardedTables = [
  'schema_migrations',
  'instances',
  'users',
  'audit_log_entries',
  'saml_relay_states',
  'refresh_tokens',
  'mfa_factors',
  'sessions',
  'sso_providers',
  'sso_domains',
  'mfa_challenges',
  'mfa_amr_claims',
  'saml_providers',
  'flow_state',
  'identities',
  'one_time_tokens',
];

/**
 * Row level security without a policy: only the owner sees rows. Role `postgres` may read and pass that on.
 * The tables of the OAuth server and the passkeys are not among these: the reference has left them open.
 */
export const authAccess = [
  ...guardedTables.map((table) => `alter table ${table} enable row level security;`),
  `grant select on ${guardedTables.join(', ')} to postgres with grant option;`,
].join('\n');
