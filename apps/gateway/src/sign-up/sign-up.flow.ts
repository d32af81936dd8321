import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';
import { signUp, signUpAnonymously } from '@usher/contracts/users/accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { Limits } from '../limits/limits.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import { SIGN_UP_PARAMS } from './sign-up.params.js';

@Injectable()
export class SignUpFlow {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly limits: Limits,
    private readonly rpc: RpcClient,
    private readonly signIn: SignInFlow,
  ) {}

  /** Without an address an anonymous user (accounts.md §15.2). */
  async signUp(exchange: Exchange): Promise<Answer> {
    const params = exchange.body(SIGN_UP_PARAMS);
    if (!params.email && !params.phone) return this.signUpAnonymously(exchange, params.data);
    await this.limits.take('signups', exchange);
    const { code_challenge, code_challenge_method, ...rest } = params;
    const input = { ...rest, codeChallenge: code_challenge, codeChallengeMethod: code_challenge_method };
    return this.signIn.finish(await this.rpc.call(signUp, input, exchange.context()), exchange);
  }

  private async signUpAnonymously(exchange: Exchange, data?: JsonObject): Promise<Answer> {
    if (!this.settings.external.anonymousUsers.enabled)
      throw new AuthError('anonymous_provider_disabled', 'Anonymous sign-ins are disabled');
    await this.limits.take('anonymousSignIns', exchange);
    return this.signIn.finish(await this.rpc.call(signUpAnonymously, { data }, exchange.context()), exchange);
  }
}
