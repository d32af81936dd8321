import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import type { PasskeyChallengeRow, PasskeyChallengeType } from './passkey.entity.js';

const insert = statement(
  'passkeyChallenges.insert',
  `INSERT INTO webauthn_challenges (id, user_id, challenge_type, session_data, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
);
const take = statement<PasskeyChallengeRow>(
  'passkeyChallenges.take',
  `DELETE FROM webauthn_challenges WHERE id = $1 AND challenge_type = $2 AND user_id IS NOT DISTINCT FROM $3::uuid
   RETURNING session_data, expires_at`,
);

/** Every query on `auth.webauthn_challenges`. */
@Injectable()
export class PasskeyChallengesRepository {
  constructor(private readonly database: Database) {}

  /** @returns the id. */
  async insert(
    type: PasskeyChallengeType,
    userId: string | null,
    session: JsonObject,
    now: Date,
    expires: Date,
  ): Promise<string> {
    const id = randomUUID();
    await this.database.run(insert, [id, userId, type, jsonParameter(session), now, expires]);
    return id;
  }

  /** Uses a challenge up, in one statement: of many answers at once one gets it. */
  take(type: PasskeyChallengeType, userId: string | null, id: string): Promise<PasskeyChallengeRow | undefined> {
    return this.database.first(take, [id, type, userId]);
  }
}
