import { Injectable } from '@nestjs/common';
import type { Queryable } from '@usher/database/database';
import { statement } from '@usher/database/statement';

const insert = statement(
  'oauthFlows.insert',
  `INSERT INTO flow_state (id, auth_code, code_challenge, code_challenge_method, provider_type, authentication_method,
     invite_token, referrer, oauth_client_state_id, linking_target_id, email_optional, provider_access_token,
     provider_refresh_token, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, 'oauth', $6, $7, $8, $9, $10, '', '', $11, $11)`,
);
const find = statement<OAuthFlowRow>(
  'oauthFlows.find',
  `SELECT id, user_id, code_challenge, provider_type, invite_token, referrer, oauth_client_state_id, linking_target_id,
     email_optional, created_at, auth_code_issued_at FROM flow_state WHERE id = $1 AND authentication_method = 'oauth'`,
);
const claim = statement(
  'oauthFlows.claim',
  `UPDATE flow_state SET auth_code_issued_at = $2, updated_at = $2
   WHERE id = $1 AND auth_code_issued_at IS NULL AND user_id IS NULL`,
);
const release = statement(
  'oauthFlows.release',
  'UPDATE flow_state SET auth_code_issued_at = NULL WHERE id = $1 AND user_id IS NULL',
);
const complete = statement(
  'oauthFlows.complete',
  `UPDATE flow_state SET user_id = $2, auth_code = $3, provider_access_token = $4, provider_refresh_token = $5,
     auth_code_issued_at = $6, updated_at = $6 WHERE id = $1 AND user_id IS NULL`,
);
const remove = statement('oauthFlows.remove', 'DELETE FROM flow_state WHERE id = $1');

export interface OAuthFlowRow {
  id: string;
  user_id: string | null;
  code_challenge: string | null;
  provider_type: string;
  invite_token: string | null;
  referrer: string | null;
  oauth_client_state_id: string | null;
  linking_target_id: string | null;
  email_optional: boolean;
  created_at: string;
  /** Set when an answer of the provider has claimed the flow. */
  auth_code_issued_at: string | null;
}

export interface NewOAuthFlow {
  id: string;
  authCode: string | null;
  codeChallenge: string | null;
  codeChallengeMethod: string | null;
  provider: string;
  inviteToken: string | null;
  referrer: string | null;
  clientStateId: string | null;
  linkTo: string | null;
  emailOptional: boolean;
}

/** Flows through a provider: rows of `auth.flow_state` whose id is the `state`. */
@Injectable()
export class OAuthFlowsRepository {
  async insert(db: Queryable, flow: NewOAuthFlow, now: Date): Promise<void> {
    const { id, authCode, codeChallenge, codeChallengeMethod, provider } = flow;
    const { inviteToken, referrer, clientStateId, linkTo, emailOptional } = flow;
    const first = [id, authCode, codeChallenge, codeChallengeMethod, provider];
    await db.run(insert, [...first, inviteToken, referrer, clientStateId, linkTo, emailOptional, now]);
  }

  find(db: Queryable, id: string): Promise<OAuthFlowRow | undefined> {
    return db.first(find, [id]);
  }

  /** True for the one of several answers that goes on. */
  async claim(db: Queryable, id: string, now: Date): Promise<boolean> {
    return (await db.run(claim, [id, now])) === 1;
  }

  async release(db: Queryable, id: string): Promise<void> {
    await db.run(release, [id]);
  }

  async complete(
    db: Queryable,
    id: string,
    done: { userId: string; codeDigest: string; accessToken: string; refreshToken: string },
    now: Date,
  ): Promise<boolean> {
    const { userId, codeDigest, accessToken, refreshToken } = done;
    return (await db.run(complete, [id, userId, codeDigest, accessToken, refreshToken, now])) === 1;
  }

  async remove(db: Queryable, id: string): Promise<void> {
    await db.run(remove, [id]);
  }
}
