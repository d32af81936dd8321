import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { PkceParameters } from '@usher/contracts/sign-in';
import {
  reauthenticate,
  requestMagicLink,
  requestOtp,
  requestRecovery,
  resend,
  verifyToken,
  type RequestOtpInput,
  type VerifyTokenInput,
} from '@usher/contracts/users/one-time-tokens.contract';
import { Handles } from '@usher/messaging/handles';
import { ReauthenticationService } from './reauthentication.service.js';
import { RecoveryService } from './recovery.service.js';
import { ResendService } from './resend.service.js';
import type { ResendInput } from './resend.js';
import { SignInCodes, type MagicLinkInput } from './sign-in-codes.service.js';
import { VerificationService } from './verification.service.js';

@Controller()
export class OneTimeTokensRpc {
  constructor(
    private readonly signInCodes: SignInCodes,
    private readonly recovery: RecoveryService,
    private readonly resends: ResendService,
    private readonly reauthentication: ReauthenticationService,
    private readonly verification: VerificationService,
  ) {}

  @Handles(requestOtp)
  requestOtp(input: RequestOtpInput, context: RequestContext) {
    return this.signInCodes.requestOtp(input, context);
  }

  @Handles(requestMagicLink)
  requestMagicLink(input: MagicLinkInput, context: RequestContext) {
    return this.signInCodes.requestMagicLink(input, context);
  }

  @Handles(requestRecovery)
  recover(input: PkceParameters & { email?: string }, context: RequestContext) {
    return this.recovery.request(input, context);
  }

  @Handles(resend)
  resend(input: ResendInput, context: RequestContext) {
    return this.resends.resend(input, context);
  }

  @Handles(reauthenticate)
  reauthenticate({ bearer }: { bearer: Bearer }, context: RequestContext) {
    return this.reauthentication.request(bearer, context);
  }

  @Handles(verifyToken)
  verify(input: VerifyTokenInput, context: RequestContext) {
    return this.verification.verify(input, context);
  }
}
