import type { AuthError } from '@usher/contracts/errors';
import { conflictingProvider, entityExists } from './sso-providers.errors.js';

const UNIQUE_VIOLATION = '23505';

/** What PostgreSQL refused because somebody else was faster, in words that name no constraint; anything else is thrown on. */
export function explainConflict(error: unknown, entityId: string): AuthError {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== UNIQUE_VIOLATION) throw error;
  return constraint === 'saml_providers_entity_id_key' ? entityExists(entityId) : conflictingProvider();
}
