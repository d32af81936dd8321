import { Module } from '@nestjs/common';
import { IssuersModule } from '../id-tokens/issuers.module.js';
import { CustomProviderResolver } from './custom-provider-resolver.js';
import { CustomProvidersRepository } from './custom-providers.repository.js';

@Module({
  imports: [IssuersModule],
  providers: [CustomProviderResolver, CustomProvidersRepository],
  exports: [CustomProviderResolver, CustomProvidersRepository],
})
export class CustomProviderRowsModule {}
