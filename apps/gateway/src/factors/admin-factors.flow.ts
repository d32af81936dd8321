import { Injectable } from '@nestjs/common';
import { lowerSessions } from '@usher/contracts/tokens/assurance.contract';
import {
  adminFindFactor,
  adminListFactors,
  adminRemoveFactor,
  adminUpdateFactor,
  type AdminFactor,
} from '@usher/contracts/users/factors.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { userIdOf } from '../admin/user-id.js';
import { canonicalUuid } from '../bearer/uuid.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { ADMIN_FACTOR_PARAMS } from './factors.params.js';

/** Second factors of any user (mfa-and-passkeys.md §7). */
@Injectable()
export class AdminFactorsFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(adminListFactors, { userId: userIdOf(exchange) }, exchange.context()));
  }

  async update(exchange: Exchange): Promise<Answer> {
    const named = this.named(exchange);
    const { friendly_name, phone } = await this.body(named, exchange);
    const input = { ...named, friendlyName: friendly_name, phone };
    return Answer.raw(await this.rpc.forward(adminUpdateFactor, input, exchange.context()));
  }

  async remove(exchange: Exchange): Promise<Answer> {
    const named = this.named(exchange);
    const context = exchange.context();
    const removed = await this.rpc.call(adminRemoveFactor, named, context);
    const lower = { userId: named.userId, factorId: removed.id, factorType: removed.factor_type };
    await this.rpc.call(lowerSessions, lower, context);
    return Answer.json(removed);
  }

  private async body(named: AdminFactor, exchange: Exchange) {
    try {
      return exchange.body(ADMIN_FACTOR_PARAMS);
    } catch (error) {
      await this.rpc.call(adminFindFactor, named, exchange.context());
      throw error;
    }
  }

  private named(exchange: Exchange): AdminFactor {
    return { userId: userIdOf(exchange), factorId: canonicalUuid(exchange.pathParameter('factor_id')) ?? null };
  }
}
