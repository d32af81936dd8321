import { Inject, Injectable } from '@nestjs/common';
import { Captcha } from '../captcha/captcha.js';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { Limits } from '../limits/limits.js';
import { GRANTS, unsupportedGrant, type Grant } from './grant.js';

@Injectable()
export class TokenFlow {
  private readonly grants: ReadonlyMap<string, Grant>;

  constructor(
    @Inject(GRANTS) grants: readonly Grant[],
    private readonly captcha: Captcha,
    private readonly limits: Limits,
  ) {
    this.grants = new Map(grants.map((grant) => [grant.name, grant]));
  }

  /** Captcha, name of the grant, limit, grant: in this order (accounts.md §1). */
  async exchange(exchange: Exchange): Promise<Answer> {
    const grant = this.grants.get(exchange.parameter('grant_type'));
    if (grant?.withCaptcha ?? true) await this.captcha.check(exchange);
    if (!grant) throw unsupportedGrant();
    await this.limits.take(grant.limit, exchange);
    return grant.run(exchange);
  }
}
