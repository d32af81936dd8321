import { AuthError } from '@usher/contracts/errors';

export const invalid = (message: string): AuthError => new AuthError('validation_failed', message);

export const notFound = (): AuthError => new AuthError('custom_provider_not_found', 'Custom OAuth provider not found');

export const switchedOff = (): AuthError => new AuthError('feature_disabled', 'Custom OAuth providers are disabled');

export const overQuota = (): AuthError =>
  new AuthError('over_custom_provider_quota', 'Maximum number of custom OAuth/OIDC providers reached');

export const identifierTaken = (): AuthError =>
  new AuthError('conflict', 'A custom OAuth provider with this identifier already exists', { status: 400 });
