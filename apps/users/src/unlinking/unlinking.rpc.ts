import { Controller } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { unlinkIdentity, type UnlinkIdentityInput } from '@usher/contracts/users/identities.contract';
import { Handles } from '@usher/messaging/handles';
import { UnlinkingService } from './unlinking.service.js';

@Controller()
export class UnlinkingRpc {
  constructor(private readonly unlinking: UnlinkingService) {}

  @Handles(unlinkIdentity)
  unlink(input: UnlinkIdentityInput, context: RequestContext) {
    return this.unlinking.unlink(input, context);
  }
}
