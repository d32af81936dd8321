import { Inject, Injectable } from '@nestjs/common';
import type { AuthEvent } from '@usher/contracts/events/event';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { structured } from '../envelope/cloud-event.js';
import { eventSource } from '../envelope/event-source.js';
import { openUntil } from './circuit-breaker.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { ClaimedDelivery } from './delivery.js';
import type { EndpointRow } from './endpoint.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { project } from './projection.js';
import { nextAttempt } from './retry-schedule.js';
import { SealedKeys } from './sealed-keys.js';
import { WebhookSender, type SentWebhook } from './webhook-sender.client.js';

const GONE = 410;

/** One attempt of one delivery, and what follows from it. */
@Injectable()
export class WebhookDeliverer {
  private readonly source: string;

  constructor(
    private readonly sender: WebhookSender,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly keys: SealedKeys,
    private readonly clock: Clock,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.source = eventSource(settings.api.externalUrl);
  }

  async deliver(endpoint: EndpointRow, delivery: ClaimedDelivery): Promise<void> {
    const sent = await this.sender.send(
      endpoint.url,
      this.keys.open(endpoint),
      this.bodyOf(endpoint, delivery),
      delivery.id,
    );
    if (sent.text !== undefined) return this.succeed(endpoint, delivery, sent);
    await this.fail(endpoint, delivery, sent);
  }

  private async succeed(endpoint: EndpointRow, delivery: ClaimedDelivery, { attempt }: SentWebhook): Promise<void> {
    await this.deliveries.settle(endpoint.id, delivery, attempt, { state: 'delivered' });
    if (endpoint.failures > 0) await this.endpoints.succeeded(endpoint.id);
  }

  private async fail(endpoint: EndpointRow, delivery: ClaimedDelivery, sent: SentWebhook): Promise<void> {
    const now = this.clock.now();
    const { attempt, retryAfter } = sent;
    // Gone: the event stays with the endpoint, should it be resumed.
    const next = attempt.status === GONE ? now : nextAttempt(delivery.attempts, now, Math.random(), retryAfter);
    const outcome = next ? { state: 'pending' as const, next } : { state: 'dead' as const };
    await this.deliveries.settle(endpoint.id, delivery, attempt, outcome);
    if (attempt.status === GONE) {
      await this.endpoints.setStatus(endpoint.id, 'disabled', 'the receiver answered 410', now);
      return;
    }
    const failures = (await this.endpoints.failed(endpoint.id, now))?.failures ?? 0;
    const until = openUntil(failures, now, Math.random());
    if (until) await this.endpoints.leaveAlone(endpoint.id, until);
  }

  private bodyOf({ fields }: EndpointRow, delivery: ClaimedDelivery): string {
    const text = structured(delivery, this.source);
    return fields ? JSON.stringify(project(JSON.parse(text) as AuthEvent, fields)) : text;
  }
}
