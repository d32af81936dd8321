import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { startOAuth, type StartOAuthInput } from '@usher/contracts/identity-providers/oauth.contract';
import { authenticate } from '@usher/contracts/users/accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { bearerOf } from '../bearer/caller.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { formPairs } from '../http/form.js';

/** The way to a provider. */
@Injectable()
export class OAuthFlow {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
  ) {}

  /** external-providers.md §3. */
  async authorize(exchange: Exchange): Promise<Answer> {
    return Answer.found(await this.start(exchange));
  }

  /** external-providers.md §8.1. */
  async link(exchange: Exchange): Promise<Answer> {
    const { userId } = await this.rpc.call(authenticate, { bearer: bearerOf(exchange) }, exchange.context());
    if (!this.settings.security.manualLinkingEnabled)
      throw new AuthError('manual_linking_disabled', 'Manual linking is disabled');
    const url = await this.start(exchange, userId);
    return exchange.queryParameter('skip_http_redirect') === 'true' ? Answer.json({ url }) : Answer.found(url);
  }

  private async start(exchange: Exchange, linkTo?: string): Promise<string> {
    const input: StartOAuthInput = {
      provider: exchange.queryParameter('provider'),
      scopes: exchange.queryParameter('scopes'),
      inviteToken: exchange.queryParameter('invite_token'),
      redirectTo: exchange.redirectTo(),
      linkTo,
      codeChallenge: exchange.queryParameter('code_challenge') || undefined,
      codeChallengeMethod: exchange.queryParameter('code_challenge_method') || undefined,
      parameters: [...formPairs(exchange.query)],
    };
    if (input.parameters.some((pair) => pair.join('').includes('\0')))
      throw new AuthError('validation_failed', 'Null characters are not allowed');
    return (await this.rpc.call(startOAuth, input, exchange.context())).url;
  }
}
