import { Module } from '@nestjs/common';
import { IssuersModule } from '../id-tokens/issuers.module.js';
import { CustomProviderRowsModule } from './custom-provider-rows.module.js';
import { CustomProvidersRpc } from './custom-providers.rpc.js';
import { CustomProviders } from './custom-providers.service.js';
import { ProviderUrls } from './provider-url.service.js';

@Module({
  imports: [CustomProviderRowsModule, IssuersModule],
  controllers: [CustomProvidersRpc],
  providers: [CustomProviders, ProviderUrls],
})
export class CustomProvidersModule {}
