import { Injectable } from '@nestjs/common';
import type { Queryable } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { FlowStateRow } from './flow-state.entity.js';
import { codeDigest } from './sealed-tokens.js';

const COLUMNS = `id, user_id, auth_code, code_challenge, code_challenge_method, provider_type, provider_access_token,
  provider_refresh_token, authentication_method, created_at, auth_code_issued_at`;

const insert = statement(
  'flowStates.insert',
  `INSERT INTO auth.flow_state (id, user_id, auth_code, code_challenge, code_challenge_method, provider_type,
     provider_access_token, provider_refresh_token, authentication_method, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, '', '', $7, $8, $8)`,
);

const issueNewest = statement<{ auth_code: string | null }>(
  'flowStates.issueNewest',
  `UPDATE auth.flow_state SET auth_code_issued_at = $3, updated_at = $3
   WHERE id = (SELECT id FROM auth.flow_state WHERE user_id = $1 AND authentication_method = $2
               ORDER BY created_at DESC, id DESC LIMIT 1)
   RETURNING auth_code`,
);

const findByCode = statement<FlowStateRow>(
  'flowStates.findByCode',
  // Of an OAuth flow the row has a digest of the code only.
  `SELECT ${COLUMNS} FROM auth.flow_state WHERE user_id IS NOT NULL AND
     (auth_code = $1 AND authentication_method <> 'oauth' OR auth_code = $2 AND authentication_method = 'oauth') LIMIT 1`,
);

const remove = statement('flowStates.remove', 'DELETE FROM auth.flow_state WHERE id = $1');

export interface NewFlowState {
  id: string;
  userId: string;
  authCode: string;
  codeChallenge: string;
  codeChallengeMethod: string;
  providerType: string;
  method: string;
}

@Injectable()
export class FlowStatesRepository {
  async insert(db: Queryable, flow: NewFlowState, now: Date): Promise<void> {
    const { id, userId, authCode, codeChallenge, codeChallengeMethod, providerType, method } = flow;
    await db.run(insert, [id, userId, authCode, codeChallenge, codeChallengeMethod, providerType, method, now]);
  }

  /** The code of the user's newest flow of that method, marked as issued. */
  async issueNewest(db: Queryable, userId: string, method: string, now: Date): Promise<string | undefined> {
    return (await db.first(issueNewest, [userId, method, now]))?.auth_code ?? undefined;
  }

  findByCode(db: Queryable, authCode: string): Promise<FlowStateRow | undefined> {
    return db.first(findByCode, [authCode, codeDigest(authCode)]);
  }

  /** True for the one caller who removed it. */
  async remove(db: Queryable, id: string): Promise<boolean> {
    return (await db.run(remove, [id])) === 1;
  }
}
