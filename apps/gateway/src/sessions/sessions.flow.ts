import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import {
  endOwnSession,
  endUserSessions,
  listSessions,
  listUserSessions,
} from '@usher/contracts/tokens/devices.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { canonicalUuid } from '../bearer/uuid.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

/** The sessions of a user as a list of devices (docs/sessions.md); none of this is in the reference. */
@Injectable()
export class SessionsFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(listSessions, { bearer: bearerOf(exchange) }, exchange.context()));
  }

  async end(exchange: Exchange): Promise<Answer> {
    const input = { bearer: bearerOf(exchange), sessionId: idOf(exchange, 'session_id') };
    await this.rpc.call(endOwnSession, input, exchange.context());
    return Answer.empty(204);
  }

  async listOfUser(exchange: Exchange): Promise<Answer> {
    const userId = idOf(exchange, 'user_id');
    return Answer.raw(await this.rpc.forward(listUserSessions, { userId }, exchange.context()));
  }

  async endAllOfUser(exchange: Exchange): Promise<Answer> {
    const userId = idOf(exchange, 'user_id');
    return Answer.json(await this.rpc.call(endUserSessions, { userId, sessionId: null }, exchange.context()));
  }

  async endOfUser(exchange: Exchange): Promise<Answer> {
    const input = { userId: idOf(exchange, 'user_id'), sessionId: idOf(exchange, 'session_id') };
    await this.rpc.call(endUserSessions, input, exchange.context());
    return Answer.empty(204);
  }
}

function idOf(exchange: Exchange, name: string): string {
  const id = canonicalUuid(exchange.pathParameter(name));
  if (!id) throw new AuthError('validation_failed', `${name} must be an UUID`, { status: 404 });
  return id;
}
