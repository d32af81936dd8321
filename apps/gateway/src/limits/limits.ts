import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import type { Exchange } from '../http/exchange.js';
import { limitRules, type LimitName } from './limit-rules.js';
import { LIMIT_STORE, type LimitStore } from './limit-store.js';

/** Requests per client (accounts.md §6.1). */
@Injectable()
export class Limits {
  private readonly rules: ReturnType<typeof limitRules>;
  private readonly header: string;

  constructor(
    @Inject(SETTINGS) { rateLimits, mfa, saml }: Settings,
    @Inject(LIMIT_STORE) private readonly store: LimitStore,
    private readonly clock: Clock,
  ) {
    this.rules = limitRules(rateLimits, mfa, saml);
    this.header = rateLimits.header;
  }

  /** Throws `over_request_rate_limit`. A client that no header names is not limited. */
  async take(name: LimitName, exchange: Exchange): Promise<void> {
    const client = this.clientOf(exchange);
    if (!client) return;
    const taken = await this.store.take(`${name} ${client}`, this.rules[name], this.clock.now().getTime());
    if (!taken) throw new AuthError('over_request_rate_limit', 'Request rate limit reached');
  }

  private clientOf(exchange: Exchange): string {
    return exchange.sbForwardedFor ?? (this.header ? exchange.header(this.header).split(',', 1)[0]!.trim() : '');
  }
}
