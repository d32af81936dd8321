import { Inject, Injectable } from '@nestjs/common';
import { getJwks } from '@usher/contracts/tokens/sessions.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { discoveryDocument } from './discovery.js';

const FRESH_MS = 2_000;
const CACHED = { 'cache-control': 'public, max-age=600' };

@Injectable()
export class WellKnownFlow {
  private keys?: { since: number; answer: Promise<Answer> };

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** The public keys; asked for every few seconds only, so that a crowd of verifiers does not reach the tokens service. */
  async jwks(exchange: Exchange): Promise<Answer> {
    const now = this.clock.now().getTime();
    if (!this.keys || now - this.keys.since >= FRESH_MS) {
      const answer = this.rpc.forward(getJwks, {}, exchange.context()).then((reply) => Answer.raw(reply, CACHED));
      const keys = { since: now, answer };
      answer.catch(() => this.keys === keys && (this.keys = undefined));
      this.keys = keys;
    }
    return this.keys.answer;
  }

  openIdConfiguration(): Answer {
    const { jwt, oauthServer } = this.settings;
    const registration = oauthServer.enabled && oauthServer.allowDynamicRegistration;
    return Answer.json(discoveryDocument(jwt.issuer, registration), CACHED);
  }
}
