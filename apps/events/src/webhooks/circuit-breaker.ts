/** Failures in a row after which an endpoint gets one call at a time. */
export const OPENS_AT = 5;
const SHORTEST_MS = 5_000;
const LONGEST_MS = 5 * 60_000;

/** Until when a receiver that keeps failing is left alone, so that what waits does not use up its attempts; undefined below the threshold. */
export function openUntil(failures: number, now: Date, random: number): Date | undefined {
  if (failures < OPENS_AT) return undefined;
  const pause = Math.min(SHORTEST_MS * 2 ** (failures - OPENS_AT), LONGEST_MS);
  return new Date(now.getTime() + pause * (1 + random / 5));
}

/** How many calls may be under way at once. */
export function concurrency(failures: number, most: number): number {
  return failures < OPENS_AT ? most : 1;
}
