import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { FEED_POKE } from '@usher/contracts/events/streams';
import { WEBHOOKS_POKE } from '@usher/contracts/events/webhooks.contract';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Alarm } from '../pacing/alarm.js';
import { pollDelay } from '../pacing/poll-delay.js';
import { concurrency } from './circuit-breaker.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryPlanner } from './delivery-planner.service.js';
import type { EndpointRow } from './endpoint.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { WebhookDeliverer } from './webhook-deliverer.service.js';

/** Calls to one endpoint at once. */
const CONCURRENCY = 16;
const IDLE_MS = 5_000;
const RETRY_MS = 1_000;
/** Added to the time-out of a call: after that a claim belongs to nobody. */
const CLAIM_RESERVE_MS = 10_000;

/**
 * Delivers to all endpoints. Any number of workers may run: a delivery is claimed for the time that an attempt can take, and of each subject only the
 * first unsettled one can be claimed, so that neither two workers nor the death of one changes the order.
 */
@Injectable()
export class WebhooksWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly alarm = new Alarm();
  private readonly underWay = new Map<string, Set<Promise<void>>>();
  private stopped = false;
  private active = true;
  private pokes: Subscription[] = [];
  private done: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly clock: Clock,
    private readonly endpoints: EndpointsRepository,
    private readonly planner: DeliveryPlanner,
    private readonly deliveries: DeliveriesRepository,
    private readonly deliverer: WebhookDeliverer,
  ) {}

  onApplicationBootstrap(): void {
    this.pokes = [
      this.nats.subscribe(FEED_POKE, { callback: () => void (this.active && this.alarm.ring()) }),
      this.nats.subscribe(WEBHOOKS_POKE, { callback: () => this.alarm.ring() }),
    ];
    this.done = this.run();
  }

  /** What is under way is waited for: its outcome would be lost, and the receiver called again. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.alarm.ring();
    await this.done;
    this.pokes.forEach((poke) => poke.unsubscribe());
    await Promise.all([...this.underWay.values()].flatMap((calls) => [...calls]));
  }

  private async run(): Promise<void> {
    let delay = 0;
    while (!this.stopped) {
      try {
        const worked = await this.look();
        delay = pollDelay(delay, worked);
        await this.alarm.sleep(this.active ? delay : IDLE_MS);
      } catch (error) {
        this.logger.warn({ error }, 'webhooks were interrupted');
        if (!this.stopped) await this.alarm.sleep(RETRY_MS);
      }
    }
  }

  private async look(): Promise<boolean> {
    const endpoints = await this.endpoints.runnable(this.clock.now());
    this.active = endpoints.length > 0;
    let worked = false;
    for (const endpoint of endpoints) if (await this.serve(endpoint)) worked = true;
    return worked;
  }

  private async serve(endpoint: EndpointRow): Promise<boolean> {
    const more = await this.planner.plan(endpoint);
    const calls = this.underWay.get(endpoint.id) ?? new Set();
    const free = concurrency(endpoint.failures, CONCURRENCY) - calls.size;
    if (free <= 0) return more;
    this.underWay.set(endpoint.id, calls);
    const now = this.clock.now();
    const until = new Date(now.getTime() + this.settings.usher.events.webhookTimeout + CLAIM_RESERVE_MS);
    const claimed = await this.deliveries.claim(endpoint.id, now, free, until);
    for (const delivery of claimed) {
      const call = this.deliverer
        .deliver(endpoint, delivery)
        .catch((error: unknown) => this.logger.warn({ error }, 'the outcome of a webhook could not be stored'))
        .finally(() => {
          calls.delete(call);
          this.alarm.ring();
        });
      calls.add(call);
    }
    return more || claimed.length > 0;
  }
}
