import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { updateRow } from '@usher/database/row-patch';
import { statement } from '@usher/database/statement';
import type { FactorRow, NewFactor } from './factor.entity.js';

const ofUser = statement<FactorRow>(
  'mfaFactors.ofUser',
  'SELECT * FROM mfa_factors WHERE user_id = $1 ORDER BY created_at, id',
);
const insert = statement<FactorRow>(
  'mfaFactors.insert',
  `INSERT INTO mfa_factors (id, user_id, friendly_name, factor_type, status, secret, phone, created_at, updated_at)
   VALUES ($1, $2, $3, $4, 'unverified', $5, $6, $7, $7) RETURNING *`,
);
const remove = statement<FactorRow>('mfaFactors.remove', 'DELETE FROM mfa_factors WHERE id = ANY ($1) RETURNING *');
const claimChallenge = statement(
  'mfaFactors.claimChallenge',
  `UPDATE mfa_factors SET last_challenged_at = $2, updated_at = $3
   WHERE id = $1 AND last_challenged_at IS NOT DISTINCT FROM $4::timestamptz`,
);
const challenged = statement<FactorRow>(
  'mfaFactors.challenged',
  'UPDATE mfa_factors SET last_challenged_at = $2, updated_at = $3 WHERE id = $1 RETURNING *',
);
const removeForgotten = statement<FactorRow>(
  'mfaFactors.removeForgotten',
  `DELETE FROM mfa_factors WHERE id IN (
     SELECT f.id FROM mfa_factors f
     WHERE f.status = 'unverified' AND f.created_at < $1 AND NOT EXISTS (SELECT 1 FROM mfa_challenges c WHERE c.factor_id = f.id)
     LIMIT 100 FOR UPDATE SKIP LOCKED)
   RETURNING *`,
);
const storeSecret = statement(
  'mfaFactors.storeSecret',
  'UPDATE mfa_factors SET secret = $3 WHERE id = $1 AND secret = $2',
);

/** Every query on `auth.mfa_factors`. */
@Injectable()
export class FactorsRepository {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  findOfUser(userId: string, on: Queryable = this.database): Promise<FactorRow[]> {
    return on.rows(ofUser, [userId]);
  }

  async insert(tx: Transaction, { id, userId, type, name, secret, phone }: NewFactor, now: Date): Promise<FactorRow> {
    const row = await tx.first(insert, [id, userId, name, type, secret ?? '', phone ?? null, now]);
    if (!row) throw new Error('the new factor was not inserted');
    return row;
  }

  update(tx: Transaction, id: string, patch: Partial<FactorRow>, now: Date): Promise<FactorRow> {
    const { web_authn_credential: credential, last_webauthn_challenge_data: last, ...rest } = patch;
    const columns = {
      ...rest,
      ...(credential ? { web_authn_credential: jsonParameter(credential) } : {}),
      ...(last ? { last_webauthn_challenge_data: jsonParameter(last) } : {}),
    };
    return updateRow<FactorRow>(tx, 'mfa_factors', id, columns as Partial<FactorRow>, now);
  }

  /** With their challenges. @returns those that were there. */
  remove(tx: Transaction, ids: readonly string[]): Promise<FactorRow[]> {
    return tx.rows(remove, [ids]);
  }

  /** Undefined when the factor is gone. Throws a unique violation when another factor has the very same time. */
  markChallenged(tx: Transaction, id: string, at: string, now: Date): Promise<FactorRow | undefined> {
    return tx.first(challenged, [id, at, now]);
  }

  /** Moves the time of the last challenge, unless another request was faster. */
  async claimChallenge(id: string, before: string | null, at: string | null, now: Date): Promise<boolean> {
    return (await this.database.run(claimChallenge, [id, at, now, before])) === 1;
  }

  /** Unverified ones of all users, made before that time and never challenged. */
  removeForgotten(tx: Transaction, before: Date): Promise<FactorRow[]> {
    return tx.rows(removeForgotten, [before]);
  }

  async storeSecret(id: string, before: string, after: string): Promise<void> {
    await this.database.run(storeSecret, [id, before, after]);
  }
}
