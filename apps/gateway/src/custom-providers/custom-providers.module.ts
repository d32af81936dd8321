import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { CustomProvidersController } from './custom-providers.controller.js';
import { CustomProvidersFlow } from './custom-providers.flow.js';

@Module({ imports: [BearerModule], controllers: [CustomProvidersController], providers: [CustomProvidersFlow] })
export class CustomProvidersModule {}
