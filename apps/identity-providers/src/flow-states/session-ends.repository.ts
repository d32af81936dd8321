import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';

const keep = statement(
  'sessionEnds.keep',
  `WITH old AS (DELETE FROM auth_events.sso_session_ends WHERE created_at < $3::timestamptz - interval '1 day')
   INSERT INTO auth_events.sso_session_ends (flow_id, not_after, created_at) VALUES ($1, $2, $3)`,
);
const take = statement<{ not_after: string }>(
  'sessionEnds.take',
  'DELETE FROM auth_events.sso_session_ends WHERE flow_id = $1 RETURNING not_after',
);

/** Ends of sessions that identity providers set (SAML `SessionNotOnOrAfter`), until the code of the flow is exchanged. */
@Injectable()
export class SessionEndsRepository {
  async keep(tx: Transaction, flowId: string, notAfter: string, now: Date): Promise<void> {
    await tx.run(keep, [flowId, notAfter, now]);
  }

  async take(db: Queryable, flowId: string): Promise<string | undefined> {
    return (await db.first(take, [flowId]))?.not_after;
  }
}
