import { AuthError } from '@usher/contracts/errors';
import { isUniqueViolation } from '../accounts/unique-violation.js';

const constraintOf = (error: unknown): string => String((error as { constraint?: unknown }).constraint ?? '');

/** Says in the API's words that the database already has an account with that address. */
export const AddressTaken = {
  async translate<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw isUniqueViolation(error) ? (AddressTaken.of(constraintOf(error)) ?? error) : error;
    }
  },

  of(constraint: string): AuthError | undefined {
    if (constraint === 'users_email_partial_key')
      return new AuthError('email_exists', 'A user with this email address has already been registered');
    if (constraint === 'users_phone_key')
      return new AuthError('phone_exists', 'A user with this phone number has already been registered');
    return undefined;
  },
};
