import { Controller } from '@nestjs/common';
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
  refresh({ refreshToken }: RefreshSessionInput, context: RequestContext): Promise<JsonReply> {
    return this.refreshTokens.refresh(refreshToken, context);
  }
}
