import { createHash, timingSafeEqual } from 'node:crypto';

export const TOKEN_TYPES = [
  'confirmation_token',
  'reauthentication_token',
  'recovery_token',
  'email_change_token_new',
  'email_change_token_current',
  'phone_change_token',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

const PKCE_PREFIX = 'pkce_';

/** Zero-padded decimal digits; `random(n)` gives a uniform integer below n. */
export function generateOtp(length: number, random: (below: number) => number): string {
  let digits = '';
  while (digits.length < length) digits += String(random(10));
  return digits;
}

/** SHA-224 over address and code (accounts.md §10.1): the secret of a link, and what is stored. */
export function hashCode(address: string, otp: string, pkce = false): string {
  const hash = createHash('sha224')
    .update(address + otp)
    .digest('hex');
  return pkce ? PKCE_PREFIX + hash : hash;
}

export const isPkceToken = (token: string): boolean => token.startsWith(PKCE_PREFIX);

/** Whether a code typed by a person is the one that was sent, whichever form its hash was stored in. */
export function codeMatches(stored: string | null, address: string, otp: string): boolean {
  if (!stored) return false;
  const hash = hashCode(address, otp);
  return [hash, PKCE_PREFIX + hash].some((expected) => equal(stored, expected));
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

export function isExpired(sentAt: string | null, lifetimeSeconds: number, now: Date): boolean {
  return sentAt === null || now.getTime() > Date.parse(sentAt) + lifetimeSeconds * 1000;
}

/** Whole seconds to wait until the next message of this kind may be sent, null when it may be sent now (accounts.md §6.3). */
export function secondsToWait(sentAt: string | null, gapMs: number, now: Date): number | null {
  if (sentAt === null) return null;
  const left = Date.parse(sentAt) + gapMs - now.getTime();
  return left > 0 ? Math.trunc(left / 1000) : null;
}
