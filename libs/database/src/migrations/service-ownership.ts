export type ServiceName = 'users' | 'tokens' | 'identity-providers' | 'messenger' | 'events';

export interface Ownership {
  /** Tables of schema `auth` that only this service writes. */
  tables: string[];
  /** Whether the service changes users, and so appends to the outbox, the audit log and the messages. */
  appends: boolean;
}

/** A table has one writer (docs/architecture.md). The gateway has no database role. */
export const ownership: Record<ServiceName, Ownership> = {
  users: {
    tables: [
      'users',
      'identities',
      'one_time_tokens',
      'mfa_factors',
      'mfa_challenges',
      'webauthn_credentials',
      'webauthn_challenges',
      'audit_log_entries',
    ],
    appends: true,
  },
  tokens: {
    tables: ['sessions', 'refresh_tokens', 'mfa_amr_claims', 'oauth_clients', 'oauth_authorizations', 'oauth_consents'],
    appends: true,
  },
  'identity-providers': {
    tables: [
      'flow_state',
      'sso_providers',
      'sso_domains',
      'saml_providers',
      'saml_relay_states',
      'custom_oauth_providers',
      'oauth_client_states',
    ],
    appends: true,
  },
  messenger: { tables: [], appends: false },
  events: { tables: [], appends: false },
};

export const roleOf = (service: ServiceName): string => `usher_${service.replace('-', '_')}`;
