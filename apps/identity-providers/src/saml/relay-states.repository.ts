import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { RelayStateRow } from './relay-state.entity.js';

const insertFlow = statement(
  'ssoFlows.insert',
  `INSERT INTO flow_state (id, auth_code, code_challenge, code_challenge_method, provider_type, provider_access_token,
     provider_refresh_token, authentication_method, referrer, created_at, updated_at)
   VALUES ($1, $2, $3, $4::code_challenge_method, 'sso/saml', '', '', 'sso/saml', $5, $6, $6)`,
);
const insert = statement(
  'relayStates.insert',
  `INSERT INTO saml_relay_states (id, sso_provider_id, request_id, redirect_to, flow_state_id, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $6)`,
);
const take = statement<RelayStateRow>(
  'relayStates.take',
  `DELETE FROM saml_relay_states WHERE id = $1
   RETURNING id, sso_provider_id, request_id, redirect_to, flow_state_id, created_at`,
);
const findFlow = statement<{ pkce: boolean; used: boolean }>(
  'ssoFlows.find',
  `SELECT coalesce(code_challenge, '') <> '' AS pkce, user_id IS NOT NULL AS used FROM flow_state WHERE id = $1`,
);
const claimFlow = statement<{ auth_code: string | null }>(
  'ssoFlows.claim',
  `UPDATE flow_state SET user_id = $2, auth_code_issued_at = $3, updated_at = $3
   WHERE id = $1 AND user_id IS NULL AND authentication_method = 'sso/saml' AND code_challenge <> '' RETURNING auth_code`,
);
const removeFlow = statement(
  'ssoFlows.remove',
  `DELETE FROM flow_state
   WHERE id = $1 AND user_id IS NULL AND authentication_method = 'sso/saml' AND coalesce(code_challenge, '') = ''`,
);

export interface NewFlow {
  id: string;
  authCode: string | null;
  challenge: string | null;
  method: 's256' | 'plain' | null;
  redirectTo: string;
}

export interface NewRelayState {
  id: string;
  providerId: string;
  requestId: string;
  redirectTo: string;
  flowId: string;
}

/** Requests to identity providers that are under way, with their flows. */
@Injectable()
export class RelayStatesRepository {
  async insert(tx: Transaction, relay: NewRelayState, flow: NewFlow, now: Date): Promise<void> {
    await tx.run(insertFlow, [flow.id, flow.authCode, flow.challenge, flow.method, flow.redirectTo, now]);
    await tx.run(insert, [relay.id, relay.providerId, relay.requestId, relay.redirectTo, relay.flowId, now]);
  }

  /** Removes it: one answer, good or bad, is all that a request gets, also when several come at once. */
  take(db: Queryable, id: string): Promise<RelayStateRow | undefined> {
    return db.first(take, [id]);
  }

  findFlow(db: Queryable, id: string): Promise<{ pkce: boolean; used: boolean } | undefined> {
    return db.first(findFlow, [id]);
  }

  /** The code of a PKCE flow, for the one who comes first. */
  async claimFlow(db: Queryable, id: string, userId: string, now: Date): Promise<string | undefined> {
    return (await db.first(claimFlow, [id, userId, now]))?.auth_code ?? undefined;
  }

  async removeFlow(db: Queryable, id: string): Promise<boolean> {
    return (await db.run(removeFlow, [id])) === 1;
  }
}
