import type { Queryable, Transaction } from '@usher/database/database';
import { lastRefresh } from '../sessions/session.js';
import type { Chain } from './chain.js';
import { decideV1, type RefreshDecision, type RefreshRules } from './refresh-decision.js';
import type { RefreshTokenIssuer, IssuedRefreshToken } from './refresh-token-issuer.js';
import type { PresentedV1, SessionAndUser, SessionUse } from './refresh-token.entity.js';
import type { RefreshTokensRepository } from './refresh-tokens.repository.js';

/** Opaque tokens, a row each (tokens-and-sessions.md §5, §7.3). */
export class ChainV1 implements Chain {
  readonly refreshed: number;
  readonly swapsRows = true;

  constructor(
    readonly owner: SessionAndUser & PresentedV1,
    private readonly rules: RefreshRules,
    /** The session goes over to version 2 with this refresh. */
    private readonly upgrades: boolean,
    private readonly issuer: RefreshTokenIssuer,
    private readonly tokens: RefreshTokensRepository,
  ) {
    this.refreshed = lastRefresh(owner.session, owner.presented.updated_at);
  }

  decide(now: Date): RefreshDecision {
    const { presented, active, session } = this.owner;
    const updatedAt = Date.parse(presented.updated_at ?? '') || 0;
    const upgraded = session.refresh_token_counter !== null;
    return decideV1({ ...presented, updatedAt, active, upgraded }, this.rules, now.getTime());
  }

  next({ kind }: RefreshDecision): IssuedRefreshToken {
    const { active, session } = this.owner;
    if (kind === 'again' && active) return this.issuer.issuedV1(active.token);
    if (!this.upgrades) return this.issuer.nextV1();
    const { id, refresh_token_hmac_key: key, refresh_token_counter: counter } = session;
    if (key === null || counter === null) return this.issuer.firstV2(id);
    return this.issuer.issuedV2(id, key, BigInt(counter) + 1n);
  }

  async write(on: Queryable, decision: RefreshDecision, next: IssuedRefreshToken, use: SessionUse): Promise<boolean> {
    const before = this.owner.session.refresh_token_counter;
    if (decision.kind === 'again') {
      const effect = { moves: false, counts: decision.counts, activeV1: next.token };
      return this.tokens.useSession(on, use, { before, after: null, key: null }, effect);
    }
    const parent = this.owner.presented.token;
    const branch = decision.kind === 'branch';
    if (next.version === 1) {
      const tokens = { parent, child: next.token, branch, childRevoked: false };
      return this.tokens.rotateV1(on, tokens, use, { before, after: null, key: null });
    }
    // The reference leaves a revoked row behind, too: it links the old chain to the place where the new one begins.
    const tokens = { parent, child: this.issuer.nextV1().token, branch, childRevoked: true };
    return this.tokens.rotateV1(on, tokens, use, { before, after: Number(next.counter), key: next.key });
  }

  /** The row of the session stays, as clients of the reference know it; without a token that is not revoked it counts as ended. */
  async revoke(tx: Transaction, now: Date): Promise<{ revoked: boolean; rowGone: boolean }> {
    return { revoked: await this.tokens.revokeFamily(tx, this.owner.session.id, now), rowGone: false };
  }
}
