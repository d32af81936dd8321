import { Injectable } from '@nestjs/common';
import { startFlow } from '@usher/contracts/identity-providers/flows.contract';
import type { FlowToStart, SignIn, SignInOutcome } from '@usher/contracts/sign-in';
import { openSession } from '@usher/contracts/tokens/sessions.contract';
import type { JsonObject } from '@usher/contracts/user-object';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

/** The common end of everything that may sign somebody in. */
@Injectable()
export class SignInFlow {
  constructor(private readonly rpc: RpcClient) {}

  /** A session for who signed in, otherwise the body, with the PKCE flow recorded. */
  async finish(outcome: SignInOutcome, exchange: Exchange): Promise<Answer> {
    if ('signIn' in outcome) return this.openSession(outcome.signIn, exchange);
    await this.startFlow(outcome.flow, exchange);
    return Answer.json(outcome.body);
  }

  async openSession(signIn: SignIn, exchange: Exchange, extra?: JsonObject): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(openSession, { signIn, extra }, exchange.context()));
  }

  async startFlow(flow: FlowToStart | undefined, exchange: Exchange): Promise<void> {
    if (flow) await this.rpc.call(startFlow, flow, exchange.context());
  }
}
