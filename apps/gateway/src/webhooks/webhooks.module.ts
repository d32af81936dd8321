import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksFlow } from './webhooks.flow.js';

@Module({ imports: [BearerModule], controllers: [WebhooksController], providers: [WebhooksFlow] })
export class WebhooksModule {}
