import { Module } from '@nestjs/common';
import { AccessTokensModule } from '../access-tokens/access-tokens.module.js';
import { RefreshTokenIssuerModule } from '../refresh-tokens/refresh-token-issuer.module.js';
import { AssuranceRepository } from './assurance.repository.js';
import { AssuranceRpc } from './assurance.rpc.js';
import { SessionDowngrades } from './session-downgrades.service.js';
import { SessionUpgrades } from './session-upgrades.service.js';

/** How sure a session is of its user. */
@Module({
  imports: [AccessTokensModule, RefreshTokenIssuerModule],
  controllers: [AssuranceRpc],
  providers: [AssuranceRepository, SessionDowngrades, SessionUpgrades],
})
export class AssuranceModule {}
