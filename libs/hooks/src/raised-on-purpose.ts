import type { RaisedError } from '@usher/contracts/errors';

/** `RAISE` without a code of its own, and the classes of constraints (hooks.md §5). */
const FOR_CLIENTS = ['P0001', '23000', '23001', '23502', '23503', '23505', '23514', '23P01'];

/** Where PL/pgSQL runs `RAISE`: a constraint that is really violated tells of tables and values, and comes from elsewhere. */
const RAISE = 'exec_stmt_raise';

/**
 * The message that the author of a database function raised for clients to read. Hint and detail are for whoever reads the log, and so is
 * every error that nobody raised. `PTxyz` also chooses the status, of errors only.
 */
export function raisedOnPurpose(error: unknown): RaisedError | undefined {
  const { code, routine, message } = error as { code?: unknown; routine?: unknown; message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string' || routine !== RAISE) return undefined;
  const chosen = /^PT([45]\d\d)$/.exec(code)?.[1];
  if (chosen) return { sqlState: code, status: Number(chosen), message };
  return FOR_CLIENTS.includes(code) ? { sqlState: code, status: 500, message } : undefined;
}
