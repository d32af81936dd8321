import { createHash } from 'node:crypto';

export const CODES = 10;
const LENGTH = 16;

/** Nothing that looks like something else in print. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 79 bits, without the hyphens that a page may show; `random(n)` gives a uniform integer below n. */
export function newCode(random: (below: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[random(ALPHABET.length)]).join('');
}

/** What is stored. A code is too long to be guessed, so one round will do; the user's id makes it theirs alone. Hyphens, blanks and case do not matter. */
export function digestOf(userId: string, code: string): Buffer {
  const bare = code.toLowerCase().replace(/[\s-]/g, '');
  return createHash('sha256').update(`${userId}\0${bare}`).digest();
}
