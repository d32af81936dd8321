import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { RequestContext } from '@usher/contracts/request-context';
import type { LowerSessionsInput } from '@usher/contracts/tokens/assurance.contract';
import { Database } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { sessionDowngraded } from '../sessions/session-events.js';
import { AssuranceRepository } from './assurance.repository.js';
import { lowered } from './second-factors.js';

/** What a removed factor takes from the sessions that it raised: level, entry and factor always agree afterwards. */
@Injectable()
export class SessionDowngrades {
  constructor(
    private readonly database: Database,
    private readonly assurance: AssuranceRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @returns how many sessions changed. */
  async lower({ userId, factorId, factorType }: LowerSessionsInput, context: RequestContext): Promise<number> {
    const now = this.clock.now();
    const removed = { id: factorId, type: factorType };
    return this.database.transaction(async (tx) => {
      await this.assurance.claimUser(tx, userId);
      const remaining = await this.assurance.remainingFactors(tx, userId, factorId);
      const events: NewEvent[] = [];
      for (const { session, methods } of await this.assurance.raised(tx, userId)) {
        const change = lowered({ factorId: session.factor_id, methods }, removed, remaining);
        if (!change) continue;
        const after = await this.assurance.lower(tx, session.id, change, now);
        events.push(sessionDowngraded(after, session));
      }
      await this.outbox.append(tx, context, null, ...events);
      return events.length;
    });
  }
}
