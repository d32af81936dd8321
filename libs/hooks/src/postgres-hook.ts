import { AuthError } from '@usher/contracts/errors';
import { CommittedError, type Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { raisedOnPurpose } from './raised-on-purpose.js';

export interface PostgresHookTarget {
  uri: string;
  schema: string;
  function: string;
}

const limitTime = statement('hooks.limitTime', "SELECT set_config('statement_timeout', '2000', true)");

/**
 * Calls `schema.function(event)` in a transaction of its own, for at most two seconds, and gives what `read` makes of the JSON text that it
 * returned (`null` for SQL NULL). When `read` throws, what the function wrote is undone unless `keepsWrites`.
 * @throws AuthError `unexpected_failure` when the function fails, is missing or may not be called.
 */
export async function callPostgresHook<T>(
  database: Database,
  target: PostgresHookTarget,
  payload: string,
  keepsWrites: boolean,
  read: (answer: string) => T,
): Promise<T> {
  // Unnamed: a prepared call would not notice that the function now takes json in place of jsonb. The names were checked at start-up.
  const call = statement<{ answer: string | null }>(
    '',
    `SELECT "${target.schema}"."${target.function}"($1)::text AS answer`,
  );
  return database
    .transaction(async (tx) => {
      await tx.run(limitTime);
      const row = await tx.first(call, [payload]);
      try {
        return read(row?.answer ?? 'null');
      } catch (error) {
        throw keepsWrites && error instanceof Error ? new CommittedError(error) : error;
      }
    })
    .catch((error: unknown) => {
      throw error instanceof AuthError ? error : failure(target.uri, error);
    });
}

function failure(uri: string, cause: unknown): AuthError {
  return new AuthError('unexpected_failure', `Error running hook URI: ${uri}`, {
    raised: raisedOnPurpose(cause),
    cause,
  });
}
