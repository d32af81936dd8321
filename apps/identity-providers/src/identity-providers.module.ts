import { Module } from '@nestjs/common';
import { FlowStatesModule } from './flow-states/flow-states.module.js';
import { SamlModule } from './saml/saml.module.js';
import { SsoProvidersModule } from './sso-providers/sso-providers.module.js';
import { Web3Module } from './web3/web3.module.js';

/** Everything that leads to a sign-in through somebody else, and PKCE. */
@Module({ imports: [FlowStatesModule, SsoProvidersModule, SamlModule, Web3Module] })
export class IdentityProvidersModule {}
