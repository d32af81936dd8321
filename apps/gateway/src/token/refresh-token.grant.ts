import { Injectable } from '@nestjs/common';
import { refreshSession } from '@usher/contracts/tokens/sessions.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import type { Grant } from './grant.js';
import { REFRESH_TOKEN_GRANT_PARAMS } from './token.params.js';

/** accounts.md §16.2. */
@Injectable()
export class RefreshTokenGrant implements Grant {
  readonly name = 'refresh_token';
  readonly limit = 'token';
  readonly withCaptcha = false;

  constructor(private readonly rpc: RpcClient) {}

  async run(exchange: Exchange): Promise<Answer> {
    const { refresh_token: refreshToken = '' } = exchange.body(REFRESH_TOKEN_GRANT_PARAMS);
    return Answer.raw(await this.rpc.forward(refreshSession, { refreshToken }, exchange.context()));
  }
}
