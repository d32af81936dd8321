import { Injectable } from '@nestjs/common';
import { lowerSessions, prepareUpgrade, upgradeSession } from '@usher/contracts/tokens/assurance.contract';
import { authenticate } from '@usher/contracts/users/accounts.contract';
import {
  acceptFactor,
  challengeFactor,
  checkFactor,
  enrollFactor,
  findFactor,
  removeFactor,
  type NamedFactor,
} from '@usher/contracts/users/factors.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { canonicalUuid, NIL_UUID } from '../bearer/uuid.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import type { LimitName } from '../limits/limit-rules.js';
import { Limits } from '../limits/limits.js';
import { CHALLENGE_PARAMS, ENROLL_PARAMS, VERIFY_FACTOR_PARAMS } from './factors.params.js';

/** Second factors of the caller (mfa-and-passkeys.md §3 to §6). */
@Injectable()
export class FactorsFlow {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: Limits,
  ) {}

  async enrol(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    const { factor_type, friendly_name, issuer, phone } = await this.admitted(
      () => exchange.body(ENROLL_PARAMS),
      () => this.rpc.call(authenticate, { bearer }, exchange.context()),
    );
    const input = { bearer, factorType: factor_type, friendlyName: friendly_name, issuer, phone };
    return Answer.raw(await this.rpc.forward(enrollFactor, input, exchange.context()));
  }

  /** Only the type says whether there has to be a body. */
  async challenge(exchange: Exchange): Promise<Answer> {
    const named = this.named(exchange);
    await this.limited('factorChallenge', named, exchange);
    const { type } = await this.rpc.call(findFactor, named, exchange.context());
    const { channel } = type === 'totp' ? {} : this.channel(exchange);
    return Answer.raw(await this.rpc.forward(challengeFactor, { ...named, channel }, exchange.context()));
  }

  /**
   * Is the answer right? May the session be raised? Only then the code is used up, and the session raised: whoever is refused on the way, by a hook or
   * because the session has ended, has changed nothing.
   */
  async verify(exchange: Exchange): Promise<Answer> {
    const named = this.named(exchange);
    const { bearer } = named;
    await this.limited('factorVerify', named, exchange);
    const { challenge_id, code, webauthn } = await this.admitted(
      () => exchange.body(VERIFY_FACTOR_PARAMS),
      () => this.rpc.call(findFactor, named, exchange.context()),
    );
    const answer = webauthn && { type: webauthn.type, credentialResponse: webauthn.credential_response };
    const context = exchange.context();
    const input = { ...named, challengeId: challenge_id ?? NIL_UUID, code, webauthn: answer };
    const { method, proof } = await this.rpc.call(checkFactor, input, context);
    const prepared = await this.rpc.call(prepareUpgrade, { bearer, method }, context);
    const { user } = await this.rpc.call(acceptFactor, { bearer, proof }, context);
    const upgrade = { bearer, user, method, factorId: proof.factorId, prepared };
    return Answer.raw(await this.rpc.forward(upgradeSession, upgrade, context));
  }

  async remove(exchange: Exchange): Promise<Answer> {
    const named = this.named(exchange);
    const context = exchange.context();
    const { id, type } = await this.rpc.call(removeFactor, named, context);
    await this.rpc.call(lowerSessions, { userId: named.bearer.sub, factorId: id, factorType: type }, context);
    return Answer.json({ id });
  }

  private named(exchange: Exchange): NamedFactor {
    return { bearer: bearerOf(exchange), factorId: canonicalUuid(exchange.pathParameter('factor_id')) ?? null };
  }

  /** While verification is off the service says so first, whatever the body. */
  private channel(exchange: Exchange): { channel?: string } {
    return exchange.body(CHALLENGE_PARAMS);
  }

  /** A caller or a factor that is no good is told of before a body or a limit, at no cost to those that are. */
  private async admitted<T>(read: () => T, check: () => Promise<unknown>): Promise<T> {
    try {
      return read();
    } catch (error) {
      await check();
      throw error;
    }
  }

  private async limited(name: LimitName, named: NamedFactor, exchange: Exchange): Promise<void> {
    try {
      await this.limits.take(name, exchange);
    } catch (error) {
      await this.rpc.call(findFactor, named, exchange.context());
      throw error;
    }
  }
}
