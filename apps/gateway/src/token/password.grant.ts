import { Injectable } from '@nestjs/common';
import { verifyPassword, type VerifyPasswordInput } from '@usher/contracts/users/accounts.contract';
import type { JsonObject } from '@usher/contracts/user-object';
import { RpcClient } from '@usher/messaging/rpc-client';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import type { Grant } from './grant.js';
import { PASSWORD_GRANT_PARAMS } from './token.params.js';

/** accounts.md §16.1. */
@Injectable()
export class PasswordGrant implements Grant {
  readonly name = 'password';
  readonly limit = 'token';
  readonly withCaptcha = true;

  constructor(
    private readonly rpc: RpcClient,
    private readonly signIn: SignInFlow,
  ) {}

  async run(exchange: Exchange): Promise<Answer> {
    const { email, phone, password = '' } = exchange.body(PASSWORD_GRANT_PARAMS);
    const input: VerifyPasswordInput = { email, phone, password };
    const { signIn, weakPassword } = await this.rpc.call(verifyPassword, input, exchange.context());
    return this.signIn.openSession(signIn, exchange, { weak_password: weakPassword as JsonObject | null });
  }
}
