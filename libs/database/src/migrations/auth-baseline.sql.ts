import { authAccess } from './auth-access.sql.js';
import { authAccounts } from './auth-accounts.sql.js';
import { authClaims } from './auth-claims.sql.js';
import { authFactors } from './auth-factors.sql.js';
import { authIdentityProviders } from './auth-identity-providers.sql.js';
import { authOAuthServer } from './auth-oauth-server.sql.js';
import { authBookkeeping, authOperations } from './auth-operations.sql.js';
import { authSessions } from './auth-sessions.sql.js';
import { authVersions } from './auth-versions.js';
import { dropInitialTables } from './initial-schema.js';

const versionRows = authVersions.map((version) => `('${version}')`).join(', ');

const everythingElse = [
  authAccounts,
  authOAuthServer,
  authSessions,
  authFactors,
  authIdentityProviders,
  authOperations,
  authClaims,
  authAccess,
  `insert into schema_migrations (version) values ${versionRows};`,
];

/** Schema `auth` as the reference leaves it after its last migration. Unqualified: the search path names the schema. */
export const authBaseline = [authBookkeeping, ...everythingElse].join('\n');

/** The same over what a new stack begins with. Its bookkeeping stays, and with it the versions from before the reference's own. */
export const authBaselineOverInitial = [dropInitialTables, ...everythingElse].join('\n');

export const dropAuthBaseline = `
drop function uid(), role(), email(), jwt();
drop table saml_relay_states, saml_providers, sso_domains, sso_providers, custom_oauth_providers, oauth_client_states,
  flow_state, webauthn_challenges, webauthn_credentials, mfa_challenges, mfa_factors, mfa_amr_claims, refresh_tokens,
  sessions, oauth_consents, oauth_authorizations, oauth_clients, one_time_tokens, identities, users,
  audit_log_entries, instances, schema_migrations;
drop type aal_level, factor_type, factor_status, code_challenge_method, one_time_token_type, oauth_registration_type,
  oauth_client_type, oauth_authorization_status, oauth_response_type;
`;
