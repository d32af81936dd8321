import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import type { Provider } from './sign-up.js';
import type { NewUser } from './users.repository.js';

/** A user that is not stored yet. */
export interface DraftAccount {
  user: NewUser;
  identity?: { provider: Provider; data: JsonObject };
}

/** A draft as mails and hooks see it. */
export function draftUserObject({ user }: DraftAccount, now: Date): UserObject {
  const time = now.toISOString();
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.appMetadata as JsonObject,
    user_metadata: user.userMetadata as JsonObject,
    identities: [],
    created_at: time,
    updated_at: time,
    is_anonymous: user.isAnonymous ?? false,
  };
}
