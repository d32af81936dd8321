import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { redeemCode } from '@usher/contracts/identity-providers/flows.contract';
import { recordSignIn } from '@usher/contracts/users/accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import type { Grant } from './grant.js';
import { PKCE_GRANT_PARAMS } from './token.params.js';

/** accounts.md §16.3. */
@Injectable()
export class PkceGrant implements Grant {
  readonly name = 'pkce';
  readonly limit = 'token';
  readonly withCaptcha = false;

  constructor(
    private readonly rpc: RpcClient,
    private readonly signIn: SignInFlow,
  ) {}

  async run(exchange: Exchange): Promise<Answer> {
    const { auth_code: authCode, code_verifier: codeVerifier } = exchange.body(PKCE_GRANT_PARAMS);
    if (!authCode || !codeVerifier)
      throw new AuthError('validation_failed', 'invalid request: both auth code and code verifier should be non-empty');
    const context = exchange.context();
    const flow = await this.rpc.call(redeemCode, { authCode, codeVerifier }, context);
    const { userId, method, providerType, providerToken, providerRefreshToken, sessionNotAfter: notAfter } = flow;
    const login = { userId, method, auditTraits: { provider_type: providerType } };
    const { signIn } = await this.rpc.call(recordSignIn, login, context);
    return this.signIn.openSession({ ...signIn, providerToken, providerRefreshToken, notAfter }, exchange);
  }
}
