import { Module } from '@nestjs/common';
import { AccessTokensModule } from '../access-tokens/access-tokens.module.js';
import { RefreshTokenIssuerModule } from '../refresh-tokens/refresh-token-issuer.module.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsRpc } from './sessions.rpc.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [AccessTokensModule, RefreshTokenIssuerModule],
  controllers: [SessionsRpc],
  providers: [SessionsRepository, SessionsService],
  exports: [SessionsRepository],
})
export class SessionsModule {}
