import { Module } from '@nestjs/common';
import { AccessTokensModule } from '../access-tokens/access-tokens.module.js';
import { RefreshTokenIssuerModule } from '../refresh-tokens/refresh-token-issuer.module.js';
import { BearerSessions } from './bearer-sessions.service.js';
import { SessionEndings } from './session-endings.service.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsRpc } from './sessions.rpc.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [AccessTokensModule, RefreshTokenIssuerModule],
  controllers: [SessionsRpc],
  providers: [SessionsRepository, BearerSessions, SessionEndings, SessionsService],
  exports: [SessionsRepository, BearerSessions, SessionEndings],
})
export class SessionsModule {}
