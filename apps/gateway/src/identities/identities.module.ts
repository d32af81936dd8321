import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { OAuthModule } from '../oauth/oauth.module.js';
import { IdentitiesController } from './identities.controller.js';
import { IdentitiesFlow } from './identities.flow.js';

@Module({ imports: [BearerModule, OAuthModule], controllers: [IdentitiesController], providers: [IdentitiesFlow] })
export class IdentitiesModule {}
