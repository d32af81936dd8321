import type { IdentityObject, JsonObject, UserObject } from '@usher/contracts/user-object';
import type { Provider } from './sign-up.js';
import type { NewUser } from './users.repository.js';

/** A user that is not stored yet. */
export interface DraftAccount {
  user: NewUser;
  identity?: { id: string; provider: Provider; data: JsonObject };
}

/** A draft as mails and text messages see it: as it will be stored. */
export function draftUserObject({ user, identity }: DraftAccount, now: Date): UserObject {
  const time = now.toISOString();
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.appMetadata as JsonObject,
    user_metadata: user.userMetadata as JsonObject,
    identities: identity ? [identityObject(user.id, identity, time)] : [],
    created_at: time,
    updated_at: time,
    is_anonymous: user.isAnonymous ?? false,
  };
}

function identityObject(
  userId: string,
  { id, provider, data }: NonNullable<DraftAccount['identity']>,
  time: string,
): IdentityObject {
  const times = { last_sign_in_at: time, created_at: time, updated_at: time };
  const email = typeof data.email === 'string' ? data.email : undefined;
  return { identity_id: id, id: userId, user_id: userId, identity_data: data, provider, ...times, email };
}
