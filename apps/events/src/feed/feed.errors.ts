import { AuthError } from '@usher/contracts/errors';
import { toSequence } from '../envelope/cloud-event.js';

export function badParameter(message: string): AuthError {
  return new AuthError('validation_failed', message);
}

/** `oldest`: position of the oldest event that is kept. */
export function cursorExpired(oldest: number): AuthError {
  const from = toSequence(oldest - 1);
  return new AuthError(
    'events_cursor_expired',
    `Events after this cursor are no longer kept. Go on with after=${from}`,
    { headers: { 'usher-oldest-cursor': from } },
  );
}
