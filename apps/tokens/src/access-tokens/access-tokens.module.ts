import { Module } from '@nestjs/common';
import { HooksModule } from '@usher/hooks/hooks.module';
import { KeysModule } from '../keys/keys.module.js';
import { AccessTokensService } from './access-tokens.service.js';

@Module({ imports: [HooksModule, KeysModule], providers: [AccessTokensService], exports: [AccessTokensService] })
export class AccessTokensModule {}
