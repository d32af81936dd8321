/** Entries of one request are told apart by their times alone: the n-th after the first comes n milliseconds later. */
export function nthEntry(now: Date, n: number): Date {
  return new Date(now.getTime() + n);
}
