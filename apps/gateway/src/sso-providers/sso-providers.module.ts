import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { SsoProvidersController } from './sso-providers.controller.js';
import { SsoProvidersFlow } from './sso-providers.flow.js';

@Module({ imports: [BearerModule], controllers: [SsoProvidersController], providers: [SsoProvidersFlow] })
export class SsoProvidersModule {}
