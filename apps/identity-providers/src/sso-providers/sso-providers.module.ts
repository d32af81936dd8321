import { Module } from '@nestjs/common';
import { OutboundModule } from '@usher/outbound/outbound.module';
import { MetadataClient } from './metadata.client.js';
import { SsoProvidersRepository } from './sso-providers.repository.js';
import { SsoProvidersRpc } from './sso-providers.rpc.js';
import { SsoProvidersService } from './sso-providers.service.js';

@Module({
  imports: [OutboundModule],
  controllers: [SsoProvidersRpc],
  providers: [SsoProvidersService, SsoProvidersRepository, MetadataClient],
  exports: [SsoProvidersRepository, MetadataClient],
})
export class SsoProvidersModule {}
