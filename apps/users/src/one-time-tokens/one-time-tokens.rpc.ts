import { Controller } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { verifyToken, type VerifyTokenInput } from '@usher/contracts/users/one-time-tokens.contract';
import { Handles } from '@usher/messaging/handles';
import { VerificationService } from './verification.service.js';

@Controller()
export class OneTimeTokensRpc {
  constructor(private readonly verification: VerificationService) {}

  @Handles(verifyToken)
  verify(input: VerifyTokenInput, context: RequestContext) {
    return this.verification.verify(input, context);
  }
}
