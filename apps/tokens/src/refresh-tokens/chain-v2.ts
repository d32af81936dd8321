import type { Queryable, Transaction } from '@usher/database/database';
import { lastRefresh } from '../sessions/session.js';
import type { Chain } from './chain.js';
import { decideV2, type RefreshDecision, type RefreshRules } from './refresh-decision.js';
import type { IssuedRefreshToken, RefreshTokenIssuer } from './refresh-token-issuer.js';
import type { SessionAndUser, SessionUse } from './refresh-token.entity.js';
import type { RefreshTokensRepository } from './refresh-tokens.repository.js';

/** Signed tokens, a counter on the session (tokens-and-sessions.md §6, §7.4). */
export class ChainV2 implements Chain {
  readonly refreshed: number;
  readonly swapsRows = false;

  constructor(
    readonly owner: SessionAndUser,
    private readonly signing: { key: string; counter: number; presented: bigint },
    private readonly rules: RefreshRules,
    private readonly issuer: RefreshTokenIssuer,
    private readonly tokens: RefreshTokensRepository,
  ) {
    this.refreshed = lastRefresh(owner.session);
  }

  decide(now: Date): RefreshDecision {
    const { presented, counter } = this.signing;
    const situation = { counter: presented, sessionCounter: BigInt(counter), lastRefresh: this.refreshed };
    return decideV2(situation, this.rules, now.getTime());
  }

  next({ kind }: RefreshDecision): IssuedRefreshToken {
    const { key, counter } = this.signing;
    return this.issuer.issuedV2(this.owner.session.id, key, BigInt(counter) + (kind === 'rotate' ? 1n : 0n));
  }

  async write(on: Queryable, decision: RefreshDecision, next: IssuedRefreshToken, use: SessionUse): Promise<boolean> {
    if (next.version !== 2) throw new Error('a version 2 chain goes on in version 2');
    const change = { before: this.signing.counter, after: Number(next.counter), key: next.key };
    const counts = decision.kind !== 'again' || decision.counts;
    return this.tokens.useSession(on, use, change, { moves: decision.kind === 'rotate', counts, activeV1: null });
  }

  async revoke(tx: Transaction): Promise<{ revoked: boolean; rowGone: boolean }> {
    const revoked = await this.tokens.removeSession(tx, this.owner.session.id);
    return { revoked, rowGone: true };
  }
}
