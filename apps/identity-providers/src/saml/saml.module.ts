import { Module } from '@nestjs/common';
import { FlowStatesModule } from '../flow-states/flow-states.module.js';
import { SsoProvidersModule } from '../sso-providers/sso-providers.module.js';
import { CurrentMetadata } from './current-metadata.service.js';
import { RelayStatesRepository } from './relay-states.repository.js';
import { SamlRpc } from './saml.rpc.js';
import { ServiceProviderRole } from './service-provider.provider.js';
import { SsoAnswersService } from './sso-answers.service.js';
import { SsoRequestsService } from './sso-requests.service.js';

@Module({
  imports: [FlowStatesModule, SsoProvidersModule],
  controllers: [SamlRpc],
  providers: [SsoRequestsService, SsoAnswersService, CurrentMetadata, RelayStatesRepository, ServiceProviderRole],
})
export class SamlModule {}
