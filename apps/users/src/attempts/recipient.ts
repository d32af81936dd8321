import { createHash } from 'node:crypto';

/** What is tried: each is counted by itself. */
export type AttemptKind = 'password' | 'code' | 'nonce';

/**
 * Under which name tries are counted: by the address as it was given, whether somebody has it or not, so that the count tells nobody who has an account.
 * Only a digest is kept.
 */
export function attemptDigest(kind: AttemptKind, audience: string, recipient: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([kind, audience, recipient.trim().toLowerCase()]))
    .digest();
}
