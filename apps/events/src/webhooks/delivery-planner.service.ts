import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { patternsOf } from './deliveries.service.js';
import type { EndpointRow } from './endpoint.js';
import { EndpointsRepository } from './endpoints.repository.js';

/** Most deliveries that wait; beyond them the feed itself is the queue. */
const MOST_WAITING = 1_000;
/** Positions of one step. */
const WINDOW = 2_000;

/** Turns events into deliveries, for each endpoint in order of the feed. */
@Injectable()
export class DeliveryPlanner {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly outbox: OutboxRepository,
    private readonly clock: Clock,
  ) {}

  /** Whether there is more to plan at once. */
  async plan({ id, position }: Pick<EndpointRow, 'id' | 'position'>): Promise<boolean> {
    const { last } = await this.outbox.extent();
    if (position >= last) return false;
    return this.database.transaction(async (tx) => {
      const row = await this.endpoints.lock(tx, id);
      if (!row || row.position >= last) return false;
      if ((await this.deliveries.waiting(tx, row.id, MOST_WAITING)) >= MOST_WAITING) return false;
      const until = Math.min(last, row.position + WINDOW);
      const range = { endpointId: row.id, after: row.position, until, patterns: patternsOf(row) };
      await this.deliveries.plan(tx, range, this.clock.now());
      await this.endpoints.advance(tx, row.id, until);
      return until < last;
    });
  }
}
