import type { JsonObject } from '@usher/contracts/user-object';
import { ALGORITHMS } from './algorithms.js';

/** What the server keeps of a ceremony until the answer comes (mfa-and-passkeys.md §8). */
export interface Ceremony {
  kind: 'registration' | 'assertion';
  /** Base64url. */
  challenge: string;
  rpId: string;
  /** null for a discoverable sign-in: anybody may answer. */
  userId: string | null;
  /** Credential ids that may answer, base64url; empty: any. */
  allowed: readonly string[];
  userVerification: string;
}

/** The reference's own form, so that a ceremony begun on one server can be ended on the other. */
export function toStored({ kind, challenge, rpId, userId, allowed, userVerification }: Ceremony): JsonObject {
  return {
    challenge,
    rpId,
    user_id: userId === null ? null : Buffer.from(userId).toString('base64'),
    ...(allowed.length ? { allowed_credentials: allowed.map((id) => recode(id, 'base64url', 'base64')) } : {}),
    // Never filled there either: the row says when the challenge ends.
    expires: '0001-01-01T00:00:00Z',
    userVerification,
    ...(kind === 'registration' ? { credParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })) } : {}),
    mediation: '',
  };
}

/** Only registrations name the algorithms: that is how the two kinds are told apart, whatever the client says it answers. */
export function fromStored(stored: JsonObject): Ceremony {
  const allowed = Array.isArray(stored.allowed_credentials) ? stored.allowed_credentials.map(String) : [];
  return {
    kind: Array.isArray(stored.credParams) && stored.credParams.length ? 'registration' : 'assertion',
    challenge: String(stored.challenge),
    rpId: String(stored.rpId),
    userId: typeof stored.user_id === 'string' ? Buffer.from(stored.user_id, 'base64').toString() : null,
    allowed: allowed.map((id) => recode(id, 'base64', 'base64url')),
    userVerification: String(stored.userVerification ?? ''),
  };
}

function recode(text: string, from: BufferEncoding, to: BufferEncoding): string {
  return Buffer.from(text, from).toString(to);
}
