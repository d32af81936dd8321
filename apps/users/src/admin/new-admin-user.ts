import { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';
import type { AdminUserParams } from '@usher/contracts/users/admin.contract';
import type { Provider } from '../accounts/sign-up.js';
import { mergeMetadata } from '../accounts/metadata.js';
import { hashKind } from '../passwords/hash-kind.js';
import { refuseTooLong } from '../passwords/password-strength.js';

const UUID = /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
const NIL = '00000000-0000-0000-0000-000000000000';

/** The id that the administrator wants in canonical form, undefined when none is asked for. */
export function chosenId(id: string | undefined): string | undefined {
  if (!id) return undefined;
  const groups = UUID.exec(id)?.slice(1);
  if (!groups || id.startsWith('{') !== id.endsWith('}'))
    throw new AuthError('validation_failed', 'ID must conform to the uuid v4 format');
  const canonical = groups.join('-').toLowerCase();
  if (canonical === NIL) throw new AuthError('validation_failed', 'ID cannot be a nil uuid');
  return canonical;
}

/** A hash that no password could be verified against is refused here; the reference answers 500. */
export function checkPassword({ password, passwordHash }: AdminUserParams): void {
  if (password !== undefined && passwordHash)
    throw new AuthError('validation_failed', 'Only a password or a password hash should be provided');
  if (password) refuseTooLong(password);
  if (passwordHash && hashKind(passwordHash) === null)
    throw new AuthError('validation_failed', 'Password hash is of an unknown or unsupported format');
}

/** `provider` and `providers`, over which the caller's app metadata lie: those may replace both (accounts.md §22.5). */
export function firstAppMetadata(providers: readonly Provider[], appMetadata: JsonObject | undefined): JsonObject {
  const [provider = 'email'] = providers;
  return mergeMetadata({ provider, providers: [...providers] }, appMetadata ?? {});
}

/** A confirmed address is told in the metadata, too. */
export function firstUserMetadata(userMetadata: JsonObject | undefined, emailConfirm: boolean | undefined): JsonObject {
  return { ...userMetadata, ...(emailConfirm ? { email_verified: true } : {}) };
}
