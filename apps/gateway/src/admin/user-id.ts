import { AuthError } from '@usher/contracts/errors';
import { canonicalUuid } from '../bearer/uuid.js';
import type { Exchange } from '../http/exchange.js';

/** The user that an administrator's route names. */
export function userIdOf(exchange: Exchange): string {
  const userId = canonicalUuid(exchange.pathParameter('user_id'));
  if (!userId) throw new AuthError('validation_failed', 'user_id must be an UUID', { status: 404 });
  return userId;
}
