import { AuthError } from '@usher/contracts/errors';

export const linkingDisabled = () => new AuthError('manual_linking_disabled', 'Manual linking is disabled');

export const notAnId = () => new AuthError('validation_failed', 'identity_id must be an UUID', { status: 404 });

export const unexpectedAudience = () =>
  new AuthError('unexpected_audience', "Token audience doesn't match request audience", { status: 403 });

export const lastIdentity = () =>
  new AuthError('single_identity_not_deletable', 'User must have at least 1 identity after unlinking');

export const identityNotFound = () => new AuthError('identity_not_found', "Identity doesn't exist", { status: 422 });

export const emailConflict = () =>
  new AuthError('email_conflict_identity_not_deletable', 'Unable to unlink identity due to email conflict');
