import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RpcContract } from '@usher/contracts/rpc';
import type { PkceParameters } from '@usher/contracts/sign-in';
import {
  requestMagicLink,
  requestOtp,
  requestRecovery,
  resend,
  type CodeRequested,
} from '@usher/contracts/users/one-time-tokens.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import { MAGIC_LINK_PARAMS, OTP_PARAMS, RECOVER_PARAMS, RESEND_PARAMS } from './otp.params.js';

/** Requests for codes and links by mail and SMS. */
@Injectable()
export class OtpFlow {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
    private readonly signIn: SignInFlow,
  ) {}

  async otp(exchange: Exchange): Promise<Answer> {
    const { create_user: createUser = true, ...rest } = exchange.body(OTP_PARAMS);
    return this.request(requestOtp, { createUser, ...withPkce(rest) }, exchange);
  }

  async magicLink(exchange: Exchange): Promise<Answer> {
    const params = exchange.body(MAGIC_LINK_PARAMS, 'Could not read verification params: ');
    return this.request(requestMagicLink, withPkce(params), exchange);
  }

  async recover(exchange: Exchange): Promise<Answer> {
    if (!this.settings.external.email.enabled)
      throw new AuthError('email_provider_disabled', 'Email logins are disabled', { status: 400 });
    return this.request(requestRecovery, withPkce(exchange.body(RECOVER_PARAMS)), exchange);
  }

  async resend(exchange: Exchange): Promise<Answer> {
    return this.request(resend, withPkce(exchange.body(RESEND_PARAMS)), exchange);
  }

  private async request<Input>(
    contract: RpcContract<Input, CodeRequested>,
    input: Input,
    exchange: Exchange,
  ): Promise<Answer> {
    const { body, flow } = await this.rpc.call(contract, input, exchange.context());
    await this.signIn.startFlow(flow, exchange);
    return Answer.json(body);
  }
}

function withPkce<T extends { code_challenge?: string; code_challenge_method?: string }>({
  code_challenge: codeChallenge,
  code_challenge_method: codeChallengeMethod,
  ...rest
}: T): Omit<T, 'code_challenge' | 'code_challenge_method'> & PkceParameters {
  return { ...rest, codeChallenge, codeChallengeMethod };
}
