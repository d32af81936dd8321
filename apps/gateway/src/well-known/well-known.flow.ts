import { Inject, Injectable } from '@nestjs/common';
import { getJwks } from '@usher/contracts/tokens/sessions.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { discoveryDocument } from './discovery.js';

const CACHED = { 'cache-control': 'public, max-age=600' };

@Injectable()
export class WellKnownFlow {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
  ) {}

  /** The public keys. */
  async jwks(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(getJwks, {}, exchange.context()), CACHED);
  }

  openIdConfiguration(): Answer {
    const { jwt, oauthServer } = this.settings;
    const registration = oauthServer.enabled && oauthServer.allowDynamicRegistration;
    return Answer.json(discoveryDocument(jwt.issuer, registration), CACHED);
  }
}
