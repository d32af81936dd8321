import type { InboxOptions } from './options.js';
import { tablesOf } from './tables.js';

export interface WaitOptions {
  /** Default 5000. */
  timeoutMs?: number;
}

/** The consumer to wait for: its name, and the database that its effects are in. */
export interface WaitTarget {
  durable: string;
  inbox: InboxOptions;
}

const POLL_MS = 20;

/**
 * Waits until a consumer has passed the cursor of a write: the value of `Usher-Cursor` of the response. Null or empty (nothing was written) resolves at
 * once. Rejects after the time-out, and at once when the event is parked because it failed.
 */
export async function waitFor(
  cursor: string | null | undefined,
  { durable, inbox }: WaitTarget,
  { timeoutMs = 5_000 }: WaitOptions = {},
): Promise<void> {
  const wanted = parseCursor(cursor);
  if (!wanted.length) return;
  const { inbox: table, parked } = tablesOf(inbox);
  const deadline = performance.now() + timeoutMs;
  const values = [durable, wanted.map(([subject]) => subject), wanted.map(([, version]) => version)];
  for (;;) {
    const { rows } = await inbox.pool.query<{ passed: number; parked: boolean }>(
      `SELECT count(i.subject)::int AS passed, coalesce(bool_or(EXISTS (
           SELECT FROM ${parked} p WHERE p.consumer = $1 AND p.subject = w.subject AND p.version <= w.version)), false) AS parked
       FROM unnest($2::text[], $3::bigint[]) AS w (subject, version)
       LEFT JOIN ${table} i ON i.consumer = $1 AND i.subject = w.subject AND i.version >= w.version`,
      values,
    );
    if (rows[0]?.parked) throw new Error(`${durable} has parked ${cursor}`);
    if (rows[0]?.passed === wanted.length) return;
    if (performance.now() > deadline) throw new Error(`${durable} has not passed ${cursor} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function parseCursor(cursor: string | null | undefined): [subject: string, version: number][] {
  if (!cursor) return [];
  return cursor.split(',').map((part) => {
    const match = /^([0-9a-f-]{36}):(\d{1,15})$/.exec(part.trim());
    if (!match) throw new Error(`"${cursor}" is no cursor of a write`);
    return [match[1]!, Number(match[2])];
  });
}
