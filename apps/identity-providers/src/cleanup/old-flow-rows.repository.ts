import { Injectable } from '@nestjs/common';
import type { CleanupTask } from '@usher/database/cleanup';
import { statement } from '@usher/database/statement';

const BATCH = 500;

/** What somebody began at an outside party and never finished; no event has told of it. */
function unfinished(table: 'saml_relay_states' | 'flow_state' | 'oauth_client_states'): CleanupTask {
  const remove = statement(
    `cleanup.${table}`,
    `DELETE FROM ${table} WHERE id IN (
       SELECT id FROM ${table} WHERE created_at < $2::timestamptz - interval '24 hours' LIMIT $1 FOR UPDATE SKIP LOCKED)`,
  );
  return { name: table, batch: BATCH, run: (tx, limit, now) => tx.run(remove, [limit, now]) };
}

/** Rows that are of no use any more (accounts.md §26). */
@Injectable()
export class OldFlowRows {
  tasks(): CleanupTask[] {
    return [unfinished('saml_relay_states'), unfinished('flow_state'), unfinished('oauth_client_states')];
  }
}
