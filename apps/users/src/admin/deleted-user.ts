import { createHash } from 'node:crypto';
import type { UserObject } from '@usher/contracts/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import type { UserPatch } from '../accounts/users.repository.js';

/** `users.phone` holds 15 characters. */
const PHONE_LENGTH = 15;

/**
 * What a softly deleted user's row becomes (accounts.md §22.8). Addresses are replaced by hashes, empty ones too: the same row is still found by
 * whoever knows both, the address itself is free again.
 */
export function erasedColumns(user: UserRow, now: Date): UserPatch {
  const hash = (value: string | null) => erased(user.id, value ?? '');
  return {
    email: hash(user.email),
    email_change: hash(user.email_change),
    phone: hash(user.phone).slice(0, PHONE_LENGTH),
    phone_change: hash(user.phone_change).slice(0, PHONE_LENGTH),
    encrypted_password: null,
    confirmation_token: '',
    recovery_token: '',
    email_change_token_new: '',
    email_change_token_current: '',
    phone_change_token: '',
    // The reference leaves this code, which nobody could use any more.
    reauthentication_token: '',
    raw_user_meta_data: {},
    raw_app_meta_data: {},
    deleted_at: now,
  };
}

/**
 * What the event of a deletion for good shows: who it was by id, and nothing else that says who. Whoever keeps the feed must not keep the person. A
 * consumer that needs more has kept it itself.
 */
export function deletedRecord(user: UserObject, now: Date): UserObject {
  const { id, aud, role, created_at, is_anonymous } = user;
  return {
    ...{ id, aud, role, email: '', phone: '', app_metadata: {}, user_metadata: {}, identities: [] },
    ...{ created_at, updated_at: now.toISOString(), deleted_at: now.toISOString(), is_anonymous },
  };
}

export function erased(userId: string, value: string): string {
  return createHash('sha256')
    .update(userId + value)
    .digest('base64url');
}
