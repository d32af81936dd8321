const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second … failed attempt: some three days in all (Standard Webhooks, "Deliverability and reliability"). */
const PAUSES = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
];
const LONGEST_WISH = 24 * HOUR;

/**
 * When to try again, or undefined when the schedule is over. Up to a fifth is added by chance, so that the retries of many do not come together.
 * @param wish ms of the receiver's `Retry-After`.
 */
export function nextAttempt(attempts: number, now: Date, random: number, wish = 0): Date | undefined {
  const pause = PAUSES[attempts - 1];
  if (pause === undefined) return undefined;
  return new Date(now.getTime() + Math.max(pause * (1 + random / 5), Math.min(wish, LONGEST_WISH)));
}
