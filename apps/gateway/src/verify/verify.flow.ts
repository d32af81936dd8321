import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { issueCode } from '@usher/contracts/identity-providers/flows.contract';
import { openSession } from '@usher/contracts/tokens/sessions.contract';
import { verifyToken } from '@usher/contracts/users/one-time-tokens.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { withCode, withError, withMessage, withSession } from '../redirects/verify-redirect.js';
import { SignInFlow } from '../sign-in/sign-in.flow.js';
import { HALF_DONE, readLink, readVerification, type OpenedLink } from './verification.js';
import { VERIFY_PARAMS } from './verify.params.js';

@Injectable()
export class VerifyFlow {
  constructor(
    private readonly rpc: RpcClient,
    private readonly signIn: SignInFlow,
  ) {}

  /** A link of a mail, opened in a browser: ends in a redirect, also when it is no good (accounts.md §17.2). */
  async openLink(exchange: Exchange): Promise<Answer> {
    const link = readLink(exchange.parameter('type'), exchange.parameter('token'));
    const redirectTo = exchange.redirectTo();
    try {
      return Answer.seeOther(await this.destination(link, redirectTo, exchange));
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      return Answer.seeOther(withError(redirectTo, error, link.flowMethod !== null));
    }
  }

  /** A code or a hash, sent by the client itself (accounts.md §17.4). */
  async verify(exchange: Exchange): Promise<Answer> {
    const input = readVerification(exchange.body(VERIFY_PARAMS));
    const verified = await this.rpc.call(verifyToken, input, exchange.context());
    if ('halfDone' in verified) return Answer.json({ code: '200', msg: HALF_DONE });
    return this.signIn.openSession(verified.signIn, exchange);
  }

  private async destination(link: OpenedLink, redirectTo: string, exchange: Exchange): Promise<string> {
    const { type, tokenHash, flowMethod } = link;
    const context = exchange.context({ redirectTo });
    const verified = await this.rpc.call(verifyToken, { type, tokenHash }, context);
    if ('halfDone' in verified) return withMessage(redirectTo, HALF_DONE, flowMethod !== null);
    const { signIn } = verified;
    if (flowMethod === null)
      return withSession(redirectTo, await this.rpc.call(openSession, { signIn }, context), verified.type);
    const { code } = await this.rpc.call(issueCode, { userId: signIn.user.id, method: flowMethod }, context);
    return withCode(redirectTo, code);
  }
}
