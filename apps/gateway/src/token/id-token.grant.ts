import { Inject, Injectable } from '@nestjs/common';
import { AuthError, oauthError } from '@usher/contracts/errors';
import { verifyIdToken } from '@usher/contracts/identity-providers/oauth.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { endSessions } from '@usher/contracts/tokens/sessions.contract';
import { linkOrCreateAccount } from '@usher/contracts/users/external-accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Admission } from '../bearer/admission.js';
import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import type { Grant } from './grant.js';
import { ID_TOKEN_GRANT_PARAMS } from './token.params.js';

/** external-providers.md §11. */
@Injectable()
export class IdTokenGrant implements Grant {
  readonly name = 'id_token';
  readonly limit = 'token';
  readonly withCaptcha = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
    private readonly admission: Admission,
    private readonly signIn: SignInFlow,
  ) {}

  async run(exchange: Exchange): Promise<Answer> {
    const params = exchange.body(ID_TOKEN_GRANT_PARAMS);
    const { id_token: idToken = '', provider = '', client_id: clientId = '', issuer = '', nonce = '' } = params;
    const complete = idToken !== '' && (provider !== '' || (clientId !== '' && issuer !== ''));
    const linkTo = params.link_identity && complete ? await this.target(exchange) : undefined;
    const context: RequestContext = { ...exchange.context(), origin: 'oauth' };
    const input = { idToken, provider, clientId, issuer, nonce, accessToken: params.access_token ?? '' };
    const { identity, emailOptional, spend } = await this.rpc.call(verifyIdToken, input, context);
    const account = { identity, emailOptional, spend, linkTo, method: 'oauth', opensSession: true };
    const linked = await this.rpc.call(linkOrCreateAccount, account, context);
    if ('replayed' in linked) throw oauthError('invalid request', 'Bad ID token');
    if (linked.endSessions) {
      const ended = { userId: linked.signIn.user.id, keepSessionId: null, reason: 'account_reclaimed' };
      await this.rpc.call(endSessions, ended, context);
    }
    return this.signIn.openSession(linked.signIn, exchange);
  }

  /** Linking is for who is signed in, and only where the operator lets people link by hand. */
  private async target(exchange: Exchange): Promise<string> {
    if (!exchange.header('authorization'))
      throw oauthError('invalid request', 'Linking requires a valid user access token in Authorization');
    const bearer = this.admission.bearerOf(exchange);
    await this.admission.admitLiveUser(exchange, bearer);
    if (!this.settings.security.manualLinkingEnabled)
      throw new AuthError('manual_linking_disabled', 'Manual linking is disabled');
    return exchange.caller!.bearer.sub;
  }
}
