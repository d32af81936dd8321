const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;

/** Milliseconds until the next attempt: doubled each time up to a quarter of an hour, spread by half so that replicas do not return at once. */
export function retryDelay(attempts: number, random: () => number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.max(0, attempts - 1), LONGEST_MS);
  return Math.round(full * (0.5 + random() / 2));
}
