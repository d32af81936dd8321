import { AuthError } from '@usher/contracts/errors';
import { isUniqueViolation } from '../accounts/unique-violation.js';

export const userNotFound = () => new AuthError('user_not_found', 'User not found');

/** Texts of the administrator's routes, which differ from those of `PUT /user` (accounts.md §22.6). */
export const emailTaken = () =>
  new AuthError('email_exists', 'A user with this email address has already been registered');
export const phoneTaken = () => new AuthError('phone_exists', 'Phone number already registered by another user');

/** What a unique violation of `auth.users` means; anything else stays what it is. PostgreSQL's own text shows the value. */
export function orTaken(error: unknown): unknown {
  if (!isUniqueViolation(error)) return error;
  const constraint = String((error as { constraint?: unknown }).constraint);
  if (constraint.includes('email')) return emailTaken();
  if (constraint.includes('phone')) return phoneTaken();
  return new AuthError('user_already_exists', 'A user with this ID has already been registered');
}
