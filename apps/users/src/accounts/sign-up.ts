import { AuthError } from '@usher/contracts/errors';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import type { SignUpInput } from '@usher/contracts/users/accounts.contract';

export type Provider = 'email' | 'phone';

/** Members of identity data that say who somebody is: never taken from what the client sends as `data`. */
const RESERVED = ['sub', 'email', 'phone', 'email_verified', 'phone_verified'];

function withoutReserved(data: JsonObject | null | undefined): JsonObject {
  return Object.fromEntries(Object.entries(data ?? {}).filter(([key]) => !RESERVED.includes(key)));
}

/** Identity data of a sign-up, which without its nulls is also the first user metadata (accounts.md §13.2, §15.3). */
export function signUpIdentityData(
  userId: string,
  provider: Provider,
  address: string,
  data: JsonObject | null | undefined,
): JsonObject {
  return {
    ...withoutReserved(data),
    sub: userId,
    ...(provider === 'email' ? { email: address } : {}),
    email_verified: false,
    phone_verified: false,
  };
}

/** The order of the reference's checks (accounts.md §15.3 step 2) that need nothing but the input. */
export function checkSignUp({ email, phone, password, codeChallenge }: SignUpInput): Provider {
  if (!password) throw new AuthError('validation_failed', 'Signup requires a valid password');
  if (email && phone)
    throw new AuthError('validation_failed', 'Only an email address or phone number should be provided on signup.');
  if (phone && codeChallenge) throw new AuthError('validation_failed', 'PKCE not supported for phone signups');
  return phone ? 'phone' : 'email';
}

/**
 * What a sign-up for an existing, confirmed account answers: looks like a new account, and is built without reading the real one, so that nothing of
 * it can leak (accounts.md §15.5).
 */
export function obfuscatedUser(
  id: string,
  audience: string,
  provider: Provider,
  address: string,
  data: JsonObject | null | undefined,
  now: Date,
): UserObject {
  const time = now.toISOString();
  return {
    id,
    aud: audience,
    role: '',
    email: provider === 'email' ? address : '',
    phone: provider === 'phone' ? address : '',
    confirmation_sent_at: time,
    app_metadata: { provider, providers: [provider] },
    user_metadata: data ?? {},
    identities: [],
    created_at: time,
    updated_at: time,
    is_anonymous: false,
  };
}
