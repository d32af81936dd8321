import { Module } from '@nestjs/common';
import { AccessTokensModule } from '../access-tokens/access-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { Chains } from './chains.js';
import { RefreshAudit } from './refresh-audit.js';
import { RefreshChecks } from './refresh-checks.js';
import { RefreshTokenIssuerModule } from './refresh-token-issuer.module.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { RefreshTokensRpc } from './refresh-tokens.rpc.js';
import { RefreshTokensService } from './refresh-tokens.service.js';

@Module({
  imports: [SessionsModule, AccessTokensModule, RefreshTokenIssuerModule],
  controllers: [RefreshTokensRpc],
  providers: [Chains, RefreshAudit, RefreshChecks, RefreshTokensRepository, RefreshTokensService],
})
export class RefreshTokensModule {}
