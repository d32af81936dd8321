import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import {
  completeOAuthFlow,
  findOAuthFlow,
  receiveOAuthAnswer,
  releaseOAuthFlow,
  type OAuthFlow,
  type ProviderTokens,
} from '@usher/contracts/identity-providers/oauth.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignIn } from '@usher/contracts/sign-in';
import { endSessions, openSession } from '@usher/contracts/tokens/sessions.contract';
import { linkOrCreateAccount, type ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { withCallbackError, withProviderSession, withStateError } from '../redirects/callback-redirect.js';
import { withCode } from '../redirects/verify-redirect.js';

/** A provider sends the browser back (external-providers.md §4). Everything ends in a redirect. */
@Injectable()
export class CallbackFlow {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly rpc: RpcClient,
  ) {}

  async receive(exchange: Exchange): Promise<Answer> {
    const context = exchange.context();
    let flow: OAuthFlow;
    try {
      flow = await this.rpc.call(findOAuthFlow, { state: exchange.parameter('state') }, context);
    } catch (error) {
      return Answer.seeOther(withStateError(this.settings.site.url, this.told(error, exchange)));
    }
    const home = this.settings.providers.redirectUrl || flow.redirectTo || this.settings.site.url;
    try {
      const inner: RequestContext = { ...context, origin: 'oauth', actor: { type: 'provider', id: flow.provider } };
      return Answer.found(await this.signIn(flow, home, exchange.pairs, inner));
    } catch (error) {
      return Answer.found(withCallbackError(home, this.told(error, exchange)));
    }
  }

  private async signIn(
    flow: OAuthFlow,
    home: string,
    parameters: [string, string][],
    context: RequestContext,
  ): Promise<string> {
    const { identity, tokens } = await this.rpc.call(receiveOAuthAnswer, { flowId: flow.id, parameters }, context);
    const signIn = await this.link(flow, identity, context);
    const done = { flowId: flow.id, userId: signIn.user.id, tokens };
    if (!flow.pkce) return this.withSession(home, signIn, tokens, done, context);
    const { code } = await this.rpc.call(completeOAuthFlow, done, context);
    return withCode(home, code ?? '');
  }

  private async withSession(
    home: string,
    signIn: SignIn,
    tokens: ProviderTokens,
    done: { flowId: string; userId: string; tokens: ProviderTokens },
    context: RequestContext,
  ): Promise<string> {
    const session = await this.rpc.call(openSession, { signIn }, context);
    await this.rpc.call(completeOAuthFlow, done, context);
    return withProviderSession(home, session, tokens);
  }

  private async link(flow: OAuthFlow, identity: ExternalIdentity, context: RequestContext): Promise<SignIn> {
    const { emailOptional, linkTo, inviteToken, pkce } = flow;
    const options = { method: 'oauth', opensSession: !pkce, afterHookAlways: true };
    try {
      const input = { identity, emailOptional, linkTo, inviteToken, ...options };
      const linked = await this.rpc.call(linkOrCreateAccount, input, context);
      if ('replayed' in linked) throw new AuthError('bad_oauth_state', 'OAuth state not found or expired');
      if (linked.endSessions) await this.endSessions(linked.signIn.user.id, context);
      return linked.signIn;
    } catch (error) {
      await this.rpc.call(releaseOAuthFlow, { flowId: flow.id }, context);
      throw error;
    }
  }

  private async endSessions(userId: string, context: RequestContext): Promise<void> {
    await this.rpc.call(endSessions, { userId, keepSessionId: null, reason: 'account_reclaimed' }, context);
  }

  private told(error: unknown, { requestId }: Exchange): AuthError {
    if (error instanceof AuthError) return error;
    this.logger.error({ error, request_id: requestId }, 'unexpected failure of a callback');
    return new AuthError('unexpected_failure', 'Unexpected failure, please check server logs for more information');
  }
}
