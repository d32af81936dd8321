import type { Queryable, Transaction } from '@usher/database/database';
import type { RefreshDecision } from './refresh-decision.js';
import type { SessionAndUser, SessionUse } from './refresh-token.entity.js';
import type { IssuedRefreshToken } from './refresh-token-issuer.js';

/** The tokens of one session as they were when one of them was presented; one implementation for each version. */
export interface Chain {
  readonly owner: SessionAndUser;
  /** ms: when the session was last refreshed. */
  readonly refreshed: number;
  /** A new token takes the place of a row, which the audit log tells. */
  readonly swapsRows: boolean;
  decide(now: Date): RefreshDecision;
  /** The token to give out. */
  next(decision: RefreshDecision): IssuedRefreshToken;
  /** Makes it count. @returns false when the chain is locked or has changed since: start over. */
  write(on: Queryable, decision: RefreshDecision, next: IssuedRefreshToken, use: SessionUse): Promise<boolean>;
  /** Ends the session of a token that came back. `revoked`: it was not over before; `rowGone`: its row went with it. */
  revoke(tx: Transaction, now: Date): Promise<{ revoked: boolean; rowGone: boolean }>;
}
