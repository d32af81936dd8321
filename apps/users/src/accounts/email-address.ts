import { AuthError } from '@usher/contracts/errors';

const MAX_BYTES = 255;
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const ADDRESS = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`);

/** An address as it is stored: checked and in lower case (accounts.md §9.1). */
export function normaliseEmail(email: string): string {
  if (!email) throw invalid('An email address is required');
  if (Buffer.byteLength(email) > MAX_BYTES) throw invalid('An email address is too long');
  if (!ADDRESS.test(email)) throw invalid('Unable to validate email address: invalid format');
  return email.toLowerCase();
}

function invalid(message: string): AuthError {
  return new AuthError('validation_failed', message);
}
