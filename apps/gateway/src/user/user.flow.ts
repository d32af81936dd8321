import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { endSessions } from '@usher/contracts/tokens/sessions.contract';
import { getCurrentUser, updateCurrentUser } from '@usher/contracts/users/accounts.contract';
import { reauthenticate } from '@usher/contracts/users/one-time-tokens.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { Limits } from '../limits/limits.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import { UPDATE_USER_PARAMS } from './user.params.js';

/** The user of the bearer token. */
@Injectable()
export class UserFlow {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: Limits,
    private readonly signIn: SignInFlow,
  ) {}

  /** The token's audience must be that of the request (accounts.md §20.1). */
  async get(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    const reply = await this.rpc.forward(getCurrentUser, { bearer }, exchange.context());
    if (bearer.aud[0] !== exchange.audience)
      throw new AuthError('validation_failed', "Token audience doesn't match request audience");
    return Answer.raw(reply);
  }

  async update(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    await this.limits.take('user', exchange);
    const { current_password, app_metadata, code_challenge, code_challenge_method, ...rest } =
      exchange.body(UPDATE_USER_PARAMS);
    const input = {
      ...rest,
      bearer,
      currentPassword: current_password,
      appMetadata: app_metadata,
      codeChallenge: code_challenge,
      codeChallengeMethod: code_challenge_method,
    };
    const context = exchange.context();
    const { user, flow, endOtherSessions } = await this.rpc.call(updateCurrentUser, input, context);
    await this.signIn.startFlow(flow, exchange);
    if (endOtherSessions) {
      const ended = { userId: user.id, keepSessionId: bearer.sessionId, reason: 'password_changed' };
      await this.rpc.call(endSessions, ended, context);
    }
    return Answer.json(user);
  }

  async reauthenticate(exchange: Exchange): Promise<Answer> {
    const { body } = await this.rpc.call(reauthenticate, { bearer: bearerOf(exchange) }, exchange.context());
    return Answer.json(body);
  }
}
