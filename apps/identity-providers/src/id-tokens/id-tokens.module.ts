import { Module } from '@nestjs/common';
import { CustomProviderRowsModule } from '../custom-providers/custom-provider-rows.module.js';
import { IdTokensRpc } from './id-tokens.rpc.js';
import { IdTokens } from './id-tokens.service.js';
import { IssuersModule } from './issuers.module.js';

@Module({ imports: [CustomProviderRowsModule, IssuersModule], controllers: [IdTokensRpc], providers: [IdTokens] })
export class IdTokensModule {}
