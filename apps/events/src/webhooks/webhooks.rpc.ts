import { Controller } from '@nestjs/common';
import {
  createWebhook,
  deleteWebhook,
  dropDelivery,
  getWebhook,
  listDeliveries,
  listWebhooks,
  redeliver,
  rotateWebhookSecret,
  switchWebhook,
  testWebhook,
  updateWebhook,
  type CreateWebhookInput,
  type ListDeliveriesInput,
  type RedeliverInput,
  type UpdateWebhookInput,
  type WebhookAttempt,
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookEndpointWithSecret,
} from '@usher/contracts/events/webhooks.contract';
import { Handles } from '@usher/messaging/handles';
import { DeliveriesService } from './deliveries.service.js';
import { WebhooksService } from './webhooks.service.js';

@Controller()
export class WebhooksRpc {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesService,
  ) {}

  @Handles(createWebhook)
  create(input: CreateWebhookInput): Promise<WebhookEndpointWithSecret> {
    return this.webhooks.create(input);
  }

  @Handles(listWebhooks)
  list(): Promise<{ data: WebhookEndpoint[] }> {
    return this.webhooks.list();
  }

  @Handles(getWebhook)
  get({ id }: { id: string }): Promise<WebhookEndpoint> {
    return this.webhooks.get(id);
  }

  @Handles(updateWebhook)
  update(input: UpdateWebhookInput): Promise<WebhookEndpoint> {
    return this.webhooks.update(input);
  }

  @Handles(deleteWebhook)
  async remove({ id }: { id: string }): Promise<Record<string, never>> {
    await this.webhooks.remove(id);
    return {};
  }

  @Handles(switchWebhook)
  switch({ id, action }: { id: string; action: 'pause' | 'resume' | 'verify' }): Promise<WebhookEndpoint> {
    return this.webhooks.switch(id, action);
  }

  @Handles(rotateWebhookSecret)
  rotate({ id }: { id: string }): Promise<WebhookEndpointWithSecret> {
    return this.webhooks.rotate(id);
  }

  @Handles(testWebhook)
  test({ id }: { id: string }): Promise<WebhookAttempt> {
    return this.webhooks.test(id);
  }

  @Handles(listDeliveries)
  deliveriesOf(input: ListDeliveriesInput): Promise<{ data: WebhookDelivery[]; has_more: boolean }> {
    return this.deliveries.list(input);
  }

  @Handles(redeliver)
  redeliver(input: RedeliverInput): Promise<{ deliveries: number }> {
    return this.deliveries.redeliver(input);
  }

  @Handles(dropDelivery)
  async drop({ id, delivery }: { id: string; delivery: string }): Promise<Record<string, never>> {
    await this.deliveries.drop(id, delivery);
    return {};
  }
}
