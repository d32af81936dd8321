import { Injectable } from '@nestjs/common';
import { adminListPasskeys, adminRemovePasskey } from '@usher/contracts/users/passkeys.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { userIdOf } from '../admin/user-id.js';
import { canonicalUuid } from '../bearer/uuid.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

/** mfa-and-passkeys.md §9.6. */
@Injectable()
export class AdminPasskeysFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(adminListPasskeys, { userId: userIdOf(exchange) }, exchange.context()));
  }

  async remove(exchange: Exchange): Promise<Answer> {
    const passkeyId = canonicalUuid(exchange.pathParameter('passkey_id')) ?? null;
    await this.rpc.call(adminRemovePasskey, { userId: userIdOf(exchange), passkeyId }, exchange.context());
    return Answer.empty(204);
  }
}
