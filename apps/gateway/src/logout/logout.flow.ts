import { Injectable } from '@nestjs/common';
import { logOut } from '@usher/contracts/tokens/sessions.contract';
import { authenticate } from '@usher/contracts/users/accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

@Injectable()
export class LogoutFlow {
  constructor(private readonly rpc: RpcClient) {}

  /** The user must still exist and not be banned, which `users` knows; the sessions belong to `tokens` (accounts.md §21). */
  async logOut(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    const context = exchange.context();
    await this.rpc.call(authenticate, { bearer }, context);
    await this.rpc.call(logOut, { bearer, scope: exchange.parameter('scope') }, context);
    return Answer.empty(204);
  }
}
