import { Inject, Injectable } from '@nestjs/common';
import { JOB_CONTEXT } from '@usher/contracts/job-context';
import type { CleanupTask } from '@usher/database/cleanup';
import type { Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { toBareUserObject } from '@usher/database/users/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { Outbox } from '@usher/messaging/outbox';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { userNews } from '../accounts/account-events.js';
import { deletedRecord } from '../admin/deleted-user.js';
import { factorsRemoved } from '../factors/factor-events.js';
import type { FactorRow } from '../factors/factor.entity.js';

const BATCH = 500;
/** Fewer at once: each takes sessions and identities along. */
const PEOPLE = 100;

const challenges = statement(
  'cleanup.mfaChallenges',
  `DELETE FROM mfa_challenges WHERE id IN (
     SELECT id FROM mfa_challenges WHERE created_at < $2::timestamptz - interval '24 hours' LIMIT $1 FOR UPDATE SKIP LOCKED)`,
);
const ceremonies = statement(
  'cleanup.webauthnChallenges',
  `DELETE FROM webauthn_challenges WHERE id IN (
     SELECT id FROM webauthn_challenges WHERE expires_at < $2 LIMIT $1 FOR UPDATE SKIP LOCKED)`,
);
const factors = statement<FactorRow>(
  'cleanup.mfaFactors',
  `DELETE FROM mfa_factors WHERE id IN (
     SELECT id FROM mfa_factors WHERE status = 'unverified' AND created_at < $2::timestamptz - interval '24 hours'
     LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *`,
);
const visitors = statement<UserRow>(
  'cleanup.anonymousUsers',
  `DELETE FROM users WHERE id IN (
     SELECT id FROM users WHERE is_anonymous AND created_at < $2::timestamptz - interval '30 days'
     LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *`,
);

/** Rows of accounts that are of no use any more (accounts.md §26). What consumers have heard of, they hear the end of. */
@Injectable()
export class OldUserRows {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly outbox: Outbox,
  ) {}

  tasks(): CleanupTask[] {
    const anonymous = this.settings.external.anonymousUsers.enabled;
    return [
      { name: 'mfa_challenges', batch: BATCH, run: (tx, limit, now) => tx.run(challenges, [limit, now]) },
      { name: 'webauthn_challenges', batch: BATCH, run: (tx, limit, now) => tx.run(ceremonies, [limit, now]) },
      { name: 'mfa_factors', batch: PEOPLE, run: (tx, limit, now) => this.removeFactors(tx, limit, now) },
      ...(anonymous
        ? [{ name: 'anonymous users', batch: PEOPLE, run: this.removeVisitors.bind(this) } satisfies CleanupTask]
        : []),
    ];
  }

  private async removeFactors(tx: Transaction, limit: number, now: Date): Promise<number> {
    const rows = await tx.rows(factors, [limit, now]);
    await this.outbox.append(tx, JOB_CONTEXT, null, ...factorsRemoved(rows, 'expired'));
    return rows.length;
  }

  private async removeVisitors(tx: Transaction, limit: number, now: Date): Promise<number> {
    const rows = await tx.rows(visitors, [limit, now]);
    const events = rows.map((row) =>
      userNews('user.deleted', deletedRecord(toBareUserObject(row), now), { mode: 'hard', reason: 'expired' }),
    );
    await this.outbox.append(tx, JOB_CONTEXT, null, ...events);
    return rows.length;
  }
}
