import { Injectable } from '@nestjs/common';
import { generateLink, inviteUser } from '@usher/contracts/users/admin.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { GENERATE_LINK_PARAMS, INVITE_PARAMS } from './admin.params.js';

/** Invitations by mail, and links for mails that somebody else sends. */
@Injectable()
export class InvitationsFlow {
  constructor(private readonly rpc: RpcClient) {}

  /** accounts.md §22.1. */
  async invite(exchange: Exchange): Promise<Answer> {
    const { email = '', data } = exchange.body(INVITE_PARAMS);
    return Answer.raw(await this.rpc.forward(inviteUser, { email, data }, exchange.context()));
  }

  /** accounts.md §23.1: here alone the redirect may stand in the body. */
  async generateLink(exchange: Exchange): Promise<Answer> {
    const params = exchange.body(GENERATE_LINK_PARAMS);
    const { type = '', email = '', new_email: newEmail, password, data } = params;
    const context = exchange.context({ redirectTo: exchange.redirectTo(params.redirect_to) });
    return Answer.raw(await this.rpc.forward(generateLink, { type, email, newEmail, password, data }, context));
  }
}
