import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';

/** `created_at` is null when there are none. */
export interface CodesState {
  total: number;
  remaining: number;
  created_at: string | null;
}

const state = statement<CodesState>(
  'recoveryCodes.state',
  `SELECT count(*)::int AS total, count(*) FILTER (WHERE used_at IS NULL)::int AS remaining, max(created_at) AS created_at
   FROM auth_events.recovery_codes WHERE user_id = $1`,
);
const insert = statement(
  'recoveryCodes.insert',
  'INSERT INTO auth_events.recovery_codes (user_id, digest, created_at) SELECT $1, unnest($2::bytea[]), $3',
);
const isOpen = statement<{ open: boolean }>(
  'recoveryCodes.isOpen',
  'SELECT true AS open FROM auth_events.recovery_codes WHERE user_id = $1 AND digest = $2 AND used_at IS NULL',
);
const use = statement(
  'recoveryCodes.use',
  'UPDATE auth_events.recovery_codes SET used_at = $3 WHERE user_id = $1 AND digest = $2 AND used_at IS NULL',
);
const removeAll = statement('recoveryCodes.removeAll', 'DELETE FROM auth_events.recovery_codes WHERE user_id = $1');
const verifiedFactors = statement<{ n: number }>(
  'recoveryCodes.verifiedFactors',
  `SELECT count(*)::int AS n FROM mfa_factors WHERE user_id = $1 AND status = 'verified'`,
);

/** Every query on `auth_events.recovery_codes`: digests only. */
@Injectable()
export class RecoveryCodesRepository {
  constructor(private readonly database: Database) {}

  async state(userId: string): Promise<CodesState> {
    return (await this.database.first(state, [userId]))!;
  }

  async stateIn(tx: Transaction, userId: string): Promise<CodesState> {
    return (await tx.first(state, [userId]))!;
  }

  /** In place of those that the user had. */
  async replace(tx: Transaction, userId: string, digests: readonly Buffer[], now: Date): Promise<void> {
    await tx.run(removeAll, [userId]);
    await tx.run(insert, [userId, digests, now]);
  }

  async isOpen(userId: string, digest: Buffer): Promise<boolean> {
    return (await this.database.first(isOpen, [userId, digest])) !== undefined;
  }

  /** False when it was used already. */
  async use(tx: Transaction, userId: string, digest: Buffer, now: Date): Promise<boolean> {
    return (await tx.run(use, [userId, digest, now])) === 1;
  }

  /** @returns how many there were. */
  removeAll(tx: Transaction, userId: string): Promise<number> {
    return tx.run(removeAll, [userId]);
  }

  async hasVerifiedFactor(tx: Transaction, userId: string): Promise<boolean> {
    return (await tx.first(verifiedFactors, [userId]))!.n > 0;
  }
}
