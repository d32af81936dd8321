import { Module } from '@nestjs/common';
import { CallbackFlow } from './callback.flow.js';
import { OAuthController } from './oauth.controller.js';
import { OAuthFlow } from './oauth.flow.js';

@Module({ controllers: [OAuthController], providers: [CallbackFlow, OAuthFlow], exports: [OAuthFlow] })
export class OAuthModule {}
