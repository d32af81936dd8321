import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import { refreshSession } from '@usher/contracts/tokens/sessions.contract';
import type { RefreshSessionInput } from '@usher/contracts/tokens/sessions.contract';
import { Handles } from '@usher/messaging/handles';
import { RefreshTokensService } from './refresh-tokens.service.js';

@Controller()
export class RefreshTokensRpc {
  constructor(private readonly refreshTokens: RefreshTokensService) {}

  @Handles(refreshSession)
  refresh(@Payload() { refreshToken }: RefreshSessionInput, @Ctx() context: RequestContext): Promise<JsonReply> {
    return this.refreshTokens.refresh(refreshToken, context);
  }
}
