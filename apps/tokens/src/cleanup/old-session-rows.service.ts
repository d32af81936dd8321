import { Inject, Injectable } from '@nestjs/common';
import { JOB_CONTEXT } from '@usher/contracts/job-context';
import type { SessionRecord } from '@usher/contracts/tokens/session-record';
import type { CleanupTask } from '@usher/database/cleanup';
import { statement, type Statement } from '@usher/database/statement';
import { Outbox } from '@usher/messaging/outbox';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { SESSION_AS_JSON } from '../sessions/session-columns.js';
import { sessionExpired } from '../sessions/session-events.js';

const TOKENS = 500;
/** Fewer at once: each takes its tokens along. */
const SESSIONS = 100;

const revokedTokens = statement(
  'cleanup.refreshTokens',
  `DELETE FROM refresh_tokens WHERE id IN (
     SELECT id FROM refresh_tokens WHERE revoked AND updated_at < $2::timestamptz - interval '24 hours' LIMIT $1 FOR UPDATE SKIP LOCKED)`,
);
const overdueTokens = statement(
  'cleanup.overdueTokens',
  `UPDATE refresh_tokens SET revoked = true, updated_at = $2 WHERE id IN (
     SELECT t.id FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
     WHERE s.not_after < $2::timestamptz - interval '24 hours' AND NOT t.revoked LIMIT $1 FOR UPDATE OF t SKIP LOCKED)`,
);

/** Sessions of which `condition` holds; $2 is now, $3 a lifetime in seconds. */
const sessions = (name: string, condition: string): Statement<{ session: SessionRecord }> =>
  statement(
    `cleanup.sessions.${name}`,
    `DELETE FROM sessions AS s WHERE s.id IN (
       SELECT s.id FROM sessions s WHERE ${condition} LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING ${SESSION_AS_JSON} AS session`,
  );
const A_DAY_AGO = `$2::timestamptz - interval '24 hours'`;
const LIFETIME = `make_interval(secs => $3)`;
const ended = sessions('notAfter', `s.not_after < $2::timestamptz - interval '72 hours' - ${LIFETIME}`);
const timeboxed = sessions('timebox', `s.created_at < ${A_DAY_AGO} - ${LIFETIME}`);
const inactive = sessions(
  'inactive',
  `s.refreshed_at IS NOT NULL AND s.refreshed_at AT TIME ZONE 'UTC' < ${A_DAY_AGO} - ${LIFETIME}`,
);
const neverRefreshed = sessions(
  'neverRefreshed',
  `s.refreshed_at IS NULL AND EXISTS (SELECT FROM refresh_tokens t
     WHERE t.session_id = s.id AND NOT t.revoked AND t.updated_at < ${A_DAY_AGO} - ${LIFETIME})`,
);

/** Tokens and sessions that are over for so long that nobody asks for them again (accounts.md §26). A session's end is news, a token's is not. */
@Injectable()
export class OldSessionRows {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly outbox: Outbox,
  ) {}

  tasks(): CleanupTask[] {
    const { timebox, inactivityTimeout } = this.settings.sessions;
    return [
      { name: 'refresh_tokens', batch: TOKENS, run: (tx, limit, now) => tx.run(revokedTokens, [limit, now]) },
      { name: 'overdue tokens', batch: TOKENS, run: (tx, limit, now) => tx.run(overdueTokens, [limit, now]) },
      this.expire('sessions', ended, 0, 'not_after'),
      ...(timebox === null ? [] : [this.expire('timeboxed sessions', timeboxed, timebox, 'timebox')]),
      ...(inactivityTimeout === null
        ? []
        : [
            this.expire('inactive sessions', inactive, inactivityTimeout, 'inactivity'),
            this.expire('sessions never refreshed', neverRefreshed, inactivityTimeout, 'inactivity'),
          ]),
    ];
  }

  private expire(
    name: string,
    remove: Statement<{ session: SessionRecord }>,
    lifetimeMs: number,
    reason: string,
  ): CleanupTask {
    return {
      ...{ name, batch: SESSIONS },
      run: async (tx, limit, now) => {
        const rows = await tx.rows(remove, [limit, now, lifetimeMs / 1000]);
        const events = rows.map(({ session }) => sessionExpired(session, reason));
        await this.outbox.append(tx, JOB_CONTEXT, null, ...events);
        return rows.length;
      },
    };
  }
}
