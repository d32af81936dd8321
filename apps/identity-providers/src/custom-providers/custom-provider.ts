import type {
  CustomProviderObject,
  CustomProviderParams,
} from '@usher/contracts/identity-providers/custom-providers.contract';
import type { CustomProviderRow } from './custom-provider.entity.js';
import { RESERVED_FOR_ADMINS } from '../oauth/authorize-url.js';
import { invalid } from './custom-providers.errors.js';

export const PREFIX = 'custom:';

/** Fields of an account that no provider may fill in. */
const PROTECTED = new Set([
  ...['id', 'aud', 'role', 'app_metadata', 'created_at', 'updated_at', 'confirmed_at', 'email_confirmed_at'],
  ...['phone_confirmed_at', 'email_verified', 'phone_verified', 'banned_until', 'is_super_admin'],
]);

const OAUTH2_URLS = ['authorization_url', 'token_url', 'userinfo_url'] as const;
const IDENTIFIER = /^[a-z0-9][a-z0-9:-]{0,48}[a-z0-9]$/;
const MAX_URL = 2048;

export function checkIdentifier(identifier: string): void {
  if (!identifier.startsWith(PREFIX))
    throw invalid(`identifier must start with 'custom:' prefix, e.g. 'custom:${identifier}'`);
}

export function checkType(type: string | undefined): asserts type is 'oauth2' | 'oidc' {
  if (type !== 'oauth2' && type !== 'oidc') throw invalid("provider_type must be either 'oauth2' or 'oidc'");
}

/** What has to be there at creation (external-providers.md §13.3 steps 1 and 2). */
export function checkComplete(params: CustomProviderParams): void {
  checkType(params.provider_type);
  if (!params.identifier) throw invalid('identifier is required');
  checkIdentifier(params.identifier);
  for (const field of ['name', 'client_id', 'client_secret'] as const)
    if (!params[field]) throw invalid(`${field} is required`);
  if (params.provider_type === 'oidc' && !params.issuer) throw invalid('issuer is required for OIDC providers');
  if (params.provider_type === 'oauth2')
    for (const field of OAUTH2_URLS) if (!params[field]) throw invalid(`${field} is required for OAuth2 providers`);
}

/** Steps 3 to 5. */
export function checkOptions(params: CustomProviderParams): void {
  for (const [name, value] of Object.entries(params.authorization_params ?? {})) {
    if (RESERVED_FOR_ADMINS.has(name)) throw invalid(`Cannot override reserved OAuth parameter: ${name}`);
    if (typeof value !== 'string') throw invalid(`Authorization parameter "${name}" must be a string`);
  }
  for (const target of Object.keys(params.attribute_mapping ?? {}))
    if (PROTECTED.has(target)) throw invalid(`Cannot map to protected system field: ${target}`);
  if (params.custom_claims_allowlist?.some((entry) => entry.trim() === ''))
    throw invalid('custom_claims_allowlist entries must be non-empty strings');
}

/** What the database would refuse, said before: its own words name the row, secret included. */
export function checkForm({ identifier, name, client_id: clientId, ...params }: CustomProviderParams): void {
  if (identifier !== undefined && !IDENTIFIER.test(identifier))
    throw invalid(
      'identifier must be 2 to 50 lowercase letters, digits, colons or hyphens, and start and end with a letter or digit',
    );
  if (name !== undefined && [...name].length > 100) throw invalid('name must not exceed 100 characters');
  if (clientId !== undefined && [...clientId].length > 512) throw invalid('client_id must not exceed 512 characters');
  for (const field of [...OAUTH2_URLS, 'jwks_uri', 'issuer', 'discovery_url'] as const)
    if ((params[field] ?? '').length > MAX_URL) throw invalid(`${field} must not exceed 2048 characters`);
}

/** The addresses that are checked for a type, in order. */
export function urlsOf(type: 'oauth2' | 'oidc', params: CustomProviderParams): string[] {
  const fields = type === 'oidc' ? (['issuer', 'discovery_url'] as const) : ([...OAUTH2_URLS, 'jwks_uri'] as const);
  return fields.map((field) => params[field] ?? '').filter(Boolean);
}

export function withOpenid(type: string, scopes: string[] | null | undefined): string[] {
  const list = scopes ?? [];
  return type === 'oidc' && !list.includes('openid') ? ['openid', ...list] : list;
}

/** As administrators see it: without the secret. */
export function toObject(row: CustomProviderRow): CustomProviderObject {
  return {
    ...{ id: row.id, provider_type: row.provider_type, identifier: row.identifier, name: row.name },
    ...{ client_id: row.client_id, acceptable_client_ids: row.acceptable_client_ids ?? [], scopes: row.scopes ?? [] },
    ...{ pkce_enabled: row.pkce_enabled, attribute_mapping: row.attribute_mapping ?? {} },
    custom_claims_allowlist: row.custom_claims_allowlist ?? [],
    ...{ authorization_params: row.authorization_params ?? {}, enabled: row.enabled },
    ...{ email_optional: row.email_optional, issuer: row.issuer ?? undefined },
    ...{ discovery_url: row.discovery_url ?? undefined, skip_nonce_check: row.skip_nonce_check },
    ...{ discovery_document: row.cached_discovery ?? undefined },
    ...{ authorization_url: row.authorization_url ?? undefined, token_url: row.token_url ?? undefined },
    ...{ userinfo_url: row.userinfo_url ?? undefined, jwks_uri: row.jwks_uri ?? undefined },
    ...{ created_at: row.created_at, updated_at: row.updated_at },
  };
}
