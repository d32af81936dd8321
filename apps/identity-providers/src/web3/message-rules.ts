import type { SignInMessage } from './sign-in-message.js';

/** Whether the message names a place that a wallet may sign for: https, or the developer's own machine. */
export function isSecurePlace({ uri }: SignInMessage): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || hostname === 'localhost';
}

/** What is wrong with the times of a message now, as it is told; undefined for a good one. Each stands by itself, whatever else is absent. */
export function timeProblem(
  { issuedAt, expiresAt, notBefore }: SignInMessage,
  label: string,
  now: number,
  maxValidityMs: number,
): string | undefined {
  if (notBefore !== undefined && now < notBefore) return `Signed ${label} message becomes valid in the future`;
  if (expiresAt !== undefined && now > expiresAt) return `Signed ${label} message is expired`;
  if (now > issuedAt + maxValidityMs) return `${label} message was issued too long ago`;
  if (now < issuedAt - maxValidityMs) return `${label} message was issued too far in the future`;
  return undefined;
}

/** From then on the message is refused by its times alone, so its use need not be remembered. */
export function lastUse({ issuedAt, expiresAt }: SignInMessage, maxValidityMs: number): number {
  return Math.min(issuedAt + maxValidityMs, expiresAt ?? Infinity) + 1000;
}
