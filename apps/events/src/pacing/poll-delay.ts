const SHORTEST_MS = 20;
const LONGEST_MS = 1_000;

/** Milliseconds to the next look: short after work was found, twice as long each time there was none, up to a second. */
export function pollDelay(previous: number, found: boolean): number {
  return found ? SHORTEST_MS : Math.min(Math.max(previous * 2, SHORTEST_MS), LONGEST_MS);
}
