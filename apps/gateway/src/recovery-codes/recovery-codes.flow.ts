import { Injectable } from '@nestjs/common';
import { prepareUpgrade, upgradeSession } from '@usher/contracts/tokens/assurance.contract';
import {
  acceptRecoveryCode,
  checkRecoveryCode,
  generateRecoveryCodes,
  getRecoveryCodes,
  removeRecoveryCodes,
} from '@usher/contracts/users/recovery-codes.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { GENERATE_CODES_PARAMS, RECOVERY_CODE_PARAMS } from './recovery-codes.params.js';

/** AMR entry of a recovery code. */
const METHOD = 'mfa/recovery_code';

@Injectable()
export class RecoveryCodesFlow {
  constructor(private readonly rpc: RpcClient) {}

  async state(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(getRecoveryCodes, { bearer: bearerOf(exchange) }, exchange.context()));
  }

  async generate(exchange: Exchange): Promise<Answer> {
    const { friendly_name } = exchange.hasBody ? exchange.body(GENERATE_CODES_PARAMS) : {};
    const input = { bearer: bearerOf(exchange), friendlyName: friendly_name, again: false };
    return Answer.raw(await this.rpc.forward(generateRecoveryCodes, input, exchange.context()));
  }

  async regenerate(exchange: Exchange): Promise<Answer> {
    const input = { bearer: bearerOf(exchange), again: true };
    return Answer.raw(await this.rpc.forward(generateRecoveryCodes, input, exchange.context()));
  }

  async remove(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(removeRecoveryCodes, { bearer: bearerOf(exchange) }, exchange.context()));
  }

  /** As a factor's code: the session may be raised before the code is used up. */
  async verify(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    const { code = '' } = exchange.body(RECOVERY_CODE_PARAMS);
    const context = exchange.context();
    await this.rpc.call(checkRecoveryCode, { bearer, code }, context);
    const prepared = await this.rpc.call(prepareUpgrade, { bearer, method: METHOD }, context);
    const { user } = await this.rpc.call(acceptRecoveryCode, { bearer, code }, context);
    const upgrade = { bearer, user, method: METHOD, factorId: null, prepared };
    return Answer.raw(await this.rpc.forward(upgradeSession, upgrade, context));
  }
}
