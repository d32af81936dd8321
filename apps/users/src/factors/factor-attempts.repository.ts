import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';

/** Wrong codes in a row that cost nothing. */
const FREE_ATTEMPTS = 20;
const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 900;
const FORGET_SECONDS = 86_400;

/**
 * Counts before the code is looked at, so that of thousands of guesses at once none is free. No row comes back while the user has to wait; such a
 * request does not lengthen the wait, and the wait never passes a quarter of an hour: nobody can be locked out for good.
 */
const count = statement<{ attempts: number }>(
  'factorAttempts.count',
  `INSERT INTO auth_events.factor_attempts AS a (user_id, attempts, last_at) VALUES ($1, 1, $2::timestamptz)
   ON CONFLICT (user_id) DO UPDATE SET
     attempts = CASE WHEN a.last_at < $2::timestamptz - make_interval(secs => ${FORGET_SECONDS}) THEN 1 ELSE a.attempts + 1 END,
     blocked_until = CASE WHEN a.attempts + 1 > ${FREE_ATTEMPTS} AND a.last_at >= $2::timestamptz - make_interval(secs => ${FORGET_SECONDS})
       THEN $2::timestamptz + make_interval(secs => least(${LONGEST_WAIT_SECONDS}, ${FIRST_WAIT_SECONDS} * 2 ^ least(a.attempts - ${FREE_ATTEMPTS}, 10))) END,
     last_at = $2::timestamptz
   WHERE a.blocked_until IS NULL OR a.blocked_until <= $2::timestamptz
   RETURNING attempts`,
);
const waiting = statement<{ seconds: number }>(
  'factorAttempts.waiting',
  `SELECT ceil(extract(epoch FROM blocked_until - $2::timestamptz))::int AS seconds FROM auth_events.factor_attempts WHERE user_id = $1`,
);
const clear = statement('factorAttempts.clear', 'DELETE FROM auth_events.factor_attempts WHERE user_id = $1');

/** Wrong codes of a user in a row, over all factors, challenges, sessions and addresses. */
@Injectable()
export class FactorAttemptsRepository {
  constructor(private readonly database: Database) {}

  /** @returns seconds to wait, 0 when the attempt may be made; it then counts as a wrong one until `clear`. */
  async count(userId: string, now: Date): Promise<number> {
    if (await this.database.first(count, [userId, now])) return 0;
    const wait = await this.database.first(waiting, [userId, now]);
    return Math.max(1, wait?.seconds ?? 1);
  }

  async clear(tx: Transaction, userId: string): Promise<void> {
    await tx.run(clear, [userId]);
  }
}
