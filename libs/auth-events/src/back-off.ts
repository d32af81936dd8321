const LONGEST_MS = 60_000;

/** Milliseconds before try `attempt + 1`, doubling from a fifth of a second up to a minute. */
export function backOff(attempt: number): number {
  return Math.min(200 * 2 ** Math.max(attempt - 1, 0), LONGEST_MS);
}
