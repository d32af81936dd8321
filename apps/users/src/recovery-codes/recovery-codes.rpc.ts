import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import {
  acceptRecoveryCode,
  checkRecoveryCode,
  generateRecoveryCodes,
  getRecoveryCodes,
  removeRecoveryCodes,
  type GenerateRecoveryCodesInput,
} from '@usher/contracts/users/recovery-codes.contract';
import { Handles } from '@usher/messaging/handles';
import { RecoveryCodesService } from './recovery-codes.service.js';

@Controller()
export class RecoveryCodesRpc {
  constructor(private readonly codes: RecoveryCodesService) {}

  @Handles(getRecoveryCodes)
  state({ bearer }: { bearer: Bearer }) {
    return this.codes.state(bearer);
  }

  @Handles(generateRecoveryCodes)
  generate(input: GenerateRecoveryCodesInput, context: RequestContext) {
    return this.codes.generate(input, context);
  }

  @Handles(removeRecoveryCodes)
  remove({ bearer }: { bearer: Bearer }, context: RequestContext) {
    return this.codes.remove(bearer, context);
  }

  @Handles(checkRecoveryCode)
  async check({ bearer, code }: { bearer: Bearer; code: string }) {
    await this.codes.check(bearer, code);
    return {};
  }

  @Handles(acceptRecoveryCode)
  accept({ bearer, code }: { bearer: Bearer; code: string }, context: RequestContext) {
    return this.codes.accept(bearer, code, context);
  }
}
