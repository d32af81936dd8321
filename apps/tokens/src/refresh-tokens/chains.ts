import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ChainV1 } from './chain-v1.js';
import { ChainV2 } from './chain-v2.js';
import type { Chain } from './chain.js';
import type { RefreshRules } from './refresh-decision.js';
import { RefreshTokenIssuer } from './refresh-token-issuer.js';
import { isV1 } from './refresh-token-v1.js';
import { isSignedWith, parseV2, type RefreshTokenV2 } from './refresh-token-v2.js';
import { malformed, noSession, notFound } from './refresh-tokens.errors.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { isUpgraded } from './upgrade.js';

/** Finds what a presented token belongs to. */
@Injectable()
export class Chains {
  private readonly rules: RefreshRules;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly tokens: RefreshTokensRepository,
    private readonly issuer: RefreshTokenIssuer,
  ) {
    const { rotationEnabled, reuseIntervalSeconds, allowReuse } = settings.refreshTokens;
    this.rules = { rotationEnabled, reuseInterval: reuseIntervalSeconds * 1000, allowReuse };
  }

  /** Checks the form, and gives the look-up, which is one read each time. Either version is accepted whatever new sessions get. */
  lookUp(token: string): () => Promise<Chain> {
    if (isV1(token)) return () => this.findV1(token);
    const parsed = parseV2(token);
    if (!parsed) throw malformed();
    return () => this.findV2(parsed);
  }

  private async findV1(token: string): Promise<Chain> {
    const found = await this.tokens.findV1(token);
    if (!found) throw notFound();
    if (!found.session) {
      await this.tokens.removeOrphan(token);
      throw noSession();
    }
    return new ChainV1(found, this.rules, this.upgrades(found.session.id), this.issuer, this.tokens);
  }

  private async findV2(token: RefreshTokenV2): Promise<Chain> {
    const owner = await this.tokens.findSession(token.sessionId);
    const { refresh_token_hmac_key: key, refresh_token_counter: counter } = owner?.session ?? {};
    if (!owner || !key || counter === undefined || counter === null) throw notFound();
    if (!isSignedWith(token, this.issuer.keyBytes(token.sessionId, key))) throw notFound();
    return new ChainV2(owner, { key, counter, presented: token.counter }, this.rules, this.issuer, this.tokens);
  }

  private upgrades(sessionId: string): boolean {
    const { algorithmVersion, upgradePercentage } = this.settings.refreshTokens;
    return algorithmVersion === 2 && isUpgraded(sessionId, upgradePercentage);
  }
}
