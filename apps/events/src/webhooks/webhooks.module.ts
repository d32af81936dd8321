import { Module } from '@nestjs/common';
import { OutboundModule } from '@usher/outbound/outbound.module';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryPlanner } from './delivery-planner.service.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { SealedKeys } from './sealed-keys.js';
import { WebhookChallenge } from './webhook-challenge.service.js';
import { WebhookDeliverer } from './webhook-deliverer.service.js';
import { WebhookSender } from './webhook-sender.client.js';
import { WebhooksRpc } from './webhooks.rpc.js';
import { WebhooksService } from './webhooks.service.js';
import { WebhooksWorker } from './webhooks.worker.js';

@Module({
  imports: [OutboundModule],
  controllers: [WebhooksRpc],
  providers: [
    OutboxRepository,
    EndpointsRepository,
    DeliveriesRepository,
    SealedKeys,
    WebhookSender,
    WebhookChallenge,
    WebhooksService,
    DeliveriesService,
    DeliveryPlanner,
    WebhookDeliverer,
    WebhooksWorker,
  ],
})
export class WebhooksModule {}
