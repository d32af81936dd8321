import { Injectable } from '@nestjs/common';
import { unlinkIdentity } from '@usher/contracts/users/identities.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

/** The identities of the user of the bearer token. */
@Injectable()
export class IdentitiesFlow {
  constructor(private readonly rpc: RpcClient) {}

  /** external-providers.md §9. */
  async unlink(exchange: Exchange): Promise<Answer> {
    const input = { bearer: bearerOf(exchange), identityId: exchange.pathParameter('identity_id') };
    return Answer.raw(await this.rpc.forward(unlinkIdentity, input, exchange.context()));
  }
}
