import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import type { ChallengeRow, NewChallenge } from './factor.entity.js';

const insert = statement(
  'mfaChallenges.insert',
  `INSERT INTO mfa_challenges (id, factor_id, created_at, ip_address, otp_code, web_authn_session_data) VALUES ($1, $2, $3, $4, $5, $6)`,
);
const find = statement<ChallengeRow>(
  'mfaChallenges.find',
  `SELECT id, factor_id, created_at, verified_at, host(ip_address) AS ip_address, otp_code, web_authn_session_data
   FROM mfa_challenges WHERE id = $1 AND factor_id = $2`,
);
const remove = statement('mfaChallenges.remove', 'DELETE FROM mfa_challenges WHERE id = $1 AND verified_at IS NULL');
const verify = statement(
  'mfaChallenges.verify',
  'UPDATE mfa_challenges SET verified_at = $2 WHERE id = $1 AND verified_at IS NULL',
);
const storeCode = statement('mfaChallenges.storeCode', 'UPDATE mfa_challenges SET otp_code = $2 WHERE id = $1');

/** Every query on `auth.mfa_challenges`. */
@Injectable()
export class ChallengesRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Transaction, { id, factorId, ip, otpCode, session }: NewChallenge, now: Date): Promise<void> {
    await tx.run(insert, [id, factorId, now, ip, otpCode ?? '', session ? jsonParameter(session) : null]);
  }

  /** The challenge, if it is this factor's. */
  find(id: string, factorId: string): Promise<ChallengeRow | undefined> {
    return this.database.first(find, [id, factorId]);
  }

  async discard(id: string): Promise<void> {
    await this.database.run(remove, [id]);
  }

  /** Uses it up by deleting it; false when somebody else already has. */
  async take(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.run(remove, [id])) === 1;
  }

  /** Uses it up by marking it; false when somebody else already has. */
  async verify(tx: Transaction, id: string, now: Date): Promise<boolean> {
    return (await tx.run(verify, [id, now])) === 1;
  }

  async storeCode(id: string, code: string): Promise<void> {
    await this.database.run(storeCode, [id, code]);
  }
}
