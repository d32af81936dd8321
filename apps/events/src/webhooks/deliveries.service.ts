import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import {
  WEBHOOKS_POKE,
  type ListDeliveriesInput,
  type RedeliverInput,
  type WebhookDelivery,
} from '@usher/contracts/events/webhooks.contract';
import { Clock } from '@usher/runtime/clock';
import { NATS } from '@usher/runtime/runtime.module';
import { validate } from 'uuid';
import { parseCursor } from '../feed/cursor.js';
import { typePatterns } from '../feed/event-filter.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { toDelivery } from './delivery.js';
import type { EndpointRow } from './endpoint.js';
import { badWebhook, unknownDelivery } from './webhooks.errors.js';
import { WebhooksService } from './webhooks.service.js';

const DEFAULT_LIMIT = 100;
const MOST = 500;
const STATES = new Set(['pending', 'delivered', 'dead', 'dropped']);
/** Events of one range: more is asked for in parts. */
const LONGEST_RANGE = 100_000;

/** What people see of deliveries, and decide. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesRepository,
    private readonly outbox: OutboxRepository,
    private readonly clock: Clock,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  async list(input: ListDeliveriesInput): Promise<{ data: WebhookDelivery[]; has_more: boolean }> {
    const { id } = await this.webhooks.row(input.id);
    const limit = input.limit ? Number(input.limit) : DEFAULT_LIMIT;
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw badWebhook(`limit must be from 1 to ${MOST}`);
    if (input.state && !STATES.has(input.state)) throw badWebhook('state must be pending, delivered, dead or dropped');
    if (input.subject && !validate(input.subject)) throw badWebhook('subject must be a UUID');
    const filter = { state: input.state || null, subject: input.subject || null };
    const rows = await this.deliveries.list(id, positionOf(input.after ?? '0'), filter, limit + 1);
    return { data: rows.slice(0, limit).map(toDelivery), has_more: rows.length > limit };
  }

  async redeliver(input: RedeliverInput): Promise<{ deliveries: number }> {
    const row = await this.webhooks.row(input.id);
    const deliveries = await this.ask(row, input);
    if (!this.nats.isClosed()) this.nats.publish(WEBHOOKS_POKE);
    return { deliveries };
  }

  async drop(endpointId: string, delivery: string): Promise<void> {
    const { id } = await this.webhooks.row(endpointId);
    if (!(await this.deliveries.drop(id, positionOf(delivery)))) throw unknownDelivery();
    if (!this.nats.isClosed()) this.nats.publish(WEBHOOKS_POKE);
  }

  private async ask(row: EndpointRow, { ids, state, after, until }: RedeliverInput): Promise<number> {
    const now = this.clock.now();
    if (ids?.length) {
      if (ids.length > MOST) throw badWebhook(`ids must be at most ${MOST}`);
      const found = await this.deliveries.again(row.id, now, ids.map(positionOf), null);
      if (!found) throw unknownDelivery();
      return found;
    }
    if (state === 'dead') return this.deliveries.again(row.id, now, null, 'dead');
    if (!after || !until) throw badWebhook('ids, state dead, or after and until are needed');
    const { oldest } = await this.outbox.extent();
    const range = { endpointId: row.id, after: positionOf(after), until: positionOf(until) };
    if (range.after < oldest - 1 || range.until <= range.after || range.until - range.after > LONGEST_RANGE)
      throw badWebhook(`after and until must span at most ${LONGEST_RANGE} events that are kept`);
    // Later events get their delivery in their turn.
    const end = Math.min(range.until, row.position);
    return this.deliveries.planAgain({ ...range, until: end, patterns: patternsOf(row) }, now);
  }
}

export function patternsOf({ types }: Pick<EndpointRow, 'types'>): string[] {
  return typePatterns(types.join(',')) ?? [];
}

function positionOf(text: string): number {
  const position = parseCursor(text);
  if (position === undefined) throw badWebhook('a delivery or cursor is a number of up to 20 digits');
  return position;
}
