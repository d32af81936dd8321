import { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';
import type { Database } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import { readAnswer } from './hook-answer.js';

const limitTime = statement('hooks.limitTime', `SELECT set_config('statement_timeout', '2s', true)`);

export interface PostgresHook {
  uri: string;
  /** Both checked as plain identifiers when the settings were read. */
  schema: string;
  functionName: string;
}

/** Calls a hook that is a function in the database, in a short transaction of its own (hooks.md §3). */
export async function callPostgresHook(database: Database, hook: PostgresHook, payload: object): Promise<JsonObject> {
  const call = statement<{ answer: string | null }>(
    `hook.${hook.schema}.${hook.functionName}`.slice(0, 63),
    `SELECT "${hook.schema}"."${hook.functionName}"($1::jsonb)::text AS answer`,
  );
  const row = await database
    .transaction(async (tx) => {
      await tx.run(limitTime);
      return tx.first(call, [jsonParameter(payload)]);
    })
    .catch((cause: unknown) => {
      throw new AuthError('unexpected_failure', `Error running hook URI: ${hook.uri}`, { cause });
    });
  return row?.answer ? readAnswer(row.answer) : {};
}
