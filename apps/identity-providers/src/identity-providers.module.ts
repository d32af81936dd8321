import { Module } from '@nestjs/common';
import { CleanupModule } from './cleanup/cleanup.module.js';
import { CustomProvidersModule } from './custom-providers/custom-providers.module.js';
import { FlowStatesModule } from './flow-states/flow-states.module.js';
import { IdTokensModule } from './id-tokens/id-tokens.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { SamlModule } from './saml/saml.module.js';
import { SsoProvidersModule } from './sso-providers/sso-providers.module.js';
import { Web3Module } from './web3/web3.module.js';

/** Everything that leads to a sign-in through somebody else, and PKCE. */
@Module({
  imports: [
    CleanupModule,
    CustomProvidersModule,
    FlowStatesModule,
    IdTokensModule,
    OAuthModule,
    SamlModule,
    SsoProvidersModule,
    Web3Module,
  ],
})
export class IdentityProvidersModule {}
