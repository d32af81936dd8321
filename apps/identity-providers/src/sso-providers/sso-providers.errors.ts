import { AuthError } from '@usher/contracts/errors';

export const providerNotFound = (): AuthError =>
  new AuthError('sso_provider_not_found', 'SSO Identity Provider not found');

export const invalidProvider = (message: string): AuthError => new AuthError('validation_failed', message);

export const badMetadata = (message: string): AuthError => new AuthError('validation_failed', message);

export const malformedMetadata = (cause?: unknown): AuthError =>
  new AuthError('validation_failed', 'SAML Metadata is not a valid XML document', { cause });

export const metadataNotFetched = (url: string, status: number): AuthError =>
  new AuthError('saml_metadata_fetch_failed', `HTTP ${status} error fetching SAML Metadata from URL '${url}'`);

/** Says nothing of what lies at addresses that may not be called. */
export const metadataUnreachable = (url: string, cause: unknown): AuthError =>
  new AuthError('saml_metadata_fetch_failed', `SAML Metadata could not be fetched from URL '${url}'`, { cause });

export const entityExists = (entityId: string): AuthError =>
  new AuthError('saml_idp_already_exists', `SAML Identity Provider with this EntityID (${entityId}) already exists`);

export const entityMismatch = (expected: string, got: string): AuthError =>
  new AuthError(
    'saml_entity_id_mismatch',
    `SAML Metadata can be updated only if the EntityID matches for the provider; expected '${expected}' but got '${got}'`,
  );

export const domainTaken = (domain: string, providerId: string): AuthError =>
  new AuthError(
    'sso_domain_already_exists',
    `SSO Domain '${domain}' is already assigned to an SSO identity provider (${providerId})`,
  );

export const domainOfAnother = (domain: string, providerId: string): AuthError =>
  new AuthError(
    'sso_domain_already_exists',
    `SSO domain '${domain}' already assigned to another provider (${providerId})`,
  );

export const conflictingProvider = (): AuthError =>
  new AuthError('conflict', 'Updating SSO provider failed, likely due to a conflict. Try again?', { status: 422 });
