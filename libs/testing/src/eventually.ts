export interface EventuallyOptions {
  /** Default 5000. */
  timeoutMs?: number;
  /** Named in the error: what was waited for. */
  what?: string;
}

const PAUSE_MS = 20;

/**
 * Asks again and again until `probe` gives something other than undefined, null or false, without throwing.
 * @returns what it gave.
 * @throws after the deadline, with the last error of `probe` as cause.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { timeoutMs = 5_000, what = 'the condition' }: EventuallyOptions = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined && found !== null && found !== false) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  } while (Date.now() < deadline);
  throw new Error(`${what} did not come true within ${timeoutMs} ms`, { cause });
}
