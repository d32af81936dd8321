import { createHash, timingSafeEqual } from 'node:crypto';
import type { FlowStateRow } from './flow-state.entity.js';
import { badCodeVerifier, badMethod, flowExpired } from './flow-states.errors.js';

export type ChallengeMethod = 's256' | 'plain';

/** RFC 7636 §4.3; the case of the name does not count. */
export function challengeMethod(name: string): ChallengeMethod {
  const method = name.toLowerCase();
  if (method !== 's256' && method !== 'plain') throw badMethod();
  return method;
}

/** The code of a magic link lives from its opening, that of every other flow from the request (accounts.md §16.3). */
export function checkExpiry(flow: FlowStateRow, now: Date, lifetimeMs: number): void {
  const issued = flow.authentication_method === 'magiclink' ? flow.auth_code_issued_at : null;
  if (now.getTime() - Date.parse(issued ?? flow.created_at) > lifetimeMs) throw flowExpired();
}

/** RFC 7636 §4.6. */
export function checkVerifier(flow: FlowStateRow, verifier: string): void {
  const derived =
    flow.code_challenge_method === 's256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  const expected = Buffer.from(flow.code_challenge ?? '');
  const given = Buffer.from(derived);
  if (expected.length === 0 || expected.length !== given.length || !timingSafeEqual(expected, given))
    throw badCodeVerifier();
}
