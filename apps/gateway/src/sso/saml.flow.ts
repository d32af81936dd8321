import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import {
  acceptSamlAnswer,
  completeSsoFlow,
  getSamlMetadata,
  startSso,
} from '@usher/contracts/identity-providers/saml.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { openSession } from '@usher/contracts/tokens/sessions.contract';
import { linkOrCreateAccount } from '@usher/contracts/users/external-accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { chooseRedirect } from '../redirects/choose-redirect.js';
import { withCode } from '../redirects/verify-redirect.js';
import { withSsoError, withSsoSession } from './sso-redirect.js';
import { SSO_PARAMS } from './sso.params.js';

/** Single sign-on by SAML 2.0 (sso-saml.md §3 to §5). */
@Injectable()
export class SamlFlow {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly rpc: RpcClient,
  ) {}

  /** A redirect, unless the client wants to go there by itself. */
  async start(exchange: Exchange): Promise<Answer> {
    const body = exchange.body(SSO_PARAMS);
    const { provider_id: providerId = '', domain = '', redirect_to: redirectTo = '' } = body;
    const pkce = { codeChallenge: body.code_challenge, codeChallengeMethod: body.code_challenge_method };
    const { url } = await this.rpc.call(startSso, { providerId, domain, redirectTo, ...pkce }, exchange.context());
    return body.skip_http_redirect ? Answer.json({ url }) : Answer.empty(303, { location: url });
  }

  async metadata(exchange: Exchange): Promise<Answer> {
    const download = exchange.queryParameter('download') === 'true';
    const { xml, cacheControl } = await this.rpc.call(getSamlMetadata, { download }, exchange.context());
    const headers = download ? { 'content-disposition': 'attachment; filename="metadata.xml"' } : undefined;
    return Answer.bytes(Buffer.from(xml), {
      ...{ 'content-type': 'application/xml', 'cache-control': cacheControl },
      ...headers,
    });
  }

  /** The answer of an identity provider, carried by a browser: every failure goes to the site, never to an address of the request. */
  async consume(exchange: Exchange): Promise<Answer> {
    try {
      const location = await this.destination(exchange);
      return Answer.empty(302, { location, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    } catch (error) {
      return Answer.empty(303, { location: withSsoError(this.settings.site.url, this.known(error, exchange)) });
    }
  }

  private async destination(exchange: Exchange): Promise<string> {
    const asked = {
      response: exchange.formParameter('SAMLResponse'),
      relayState: exchange.parameter('RelayState'),
      artifact: exchange.parameter('SAMLart'),
    };
    const context: RequestContext = { ...exchange.context(), origin: 'saml' };
    const accepted = await this.rpc.call(acceptSamlAnswer, asked, context);
    const { identity, spend, sessionNotAfter, flow } = accepted;
    context.actor = { type: 'provider', id: identity.provider };
    context.redirectTo = chooseRedirect(this.settings.site, [accepted.redirectTo]);
    const opensSession = !flow?.pkce;
    const input = { identity, spend, sessionNotAfter, method: 'sso/saml', emailOptional: false, opensSession };
    const account = await this.rpc.call(linkOrCreateAccount, input, context);
    if ('replayed' in account) throw new AuthError('validation_failed', 'SAML Assertion is not valid: already used');
    const { signIn } = account;
    const code = flow && (await this.complete(flow.id, signIn.user.id, sessionNotAfter, context));
    if (code) return withCode(context.redirectTo, code);
    return withSsoSession(context.redirectTo, await this.rpc.call(openSession, { signIn }, context));
  }

  private async complete(flowId: string, userId: string, sessionNotAfter: string | undefined, context: RequestContext) {
    return (await this.rpc.call(completeSsoFlow, { flowId, userId, sessionNotAfter }, context)).code;
  }

  private known(error: unknown, { requestId }: Exchange): AuthError {
    if (error instanceof AuthError && error.status < 500) return error;
    this.logger.error({ error, request_id: requestId }, 'single sign-on failed');
    if (error instanceof AuthError) return error;
    return new AuthError('unexpected_failure', 'Unexpected failure, please check server logs for more information');
  }
}
