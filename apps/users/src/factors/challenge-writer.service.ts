import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database, type Transaction } from '@usher/database/database';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { auditActor } from '../accounts/audit-actor.js';
import { isUniqueViolation } from '../accounts/unique-violation.js';
import { ChallengesRepository } from './challenges.repository.js';
import type { FoundFactor } from './factor-access.service.js';
import { factorEvent } from './factor-events.js';
import type { NewChallenge } from './factor.entity.js';
import { factorNotFound } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';

const TRIES = 5;

/** Writes challenges down, as many at once as clients ask for. */
@Injectable()
export class ChallengeWriter {
  constructor(
    private readonly database: Database,
    private readonly factors: FactorsRepository,
    private readonly challenges: ChallengesRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  newId(): string {
    return randomUUID();
  }

  /**
   * `last_challenged_at` is unique in the whole table, and we tell milliseconds apart at best: the microseconds are drawn, and drawn again when two met.
   */
  async write(
    found: FoundFactor,
    challenge: Omit<NewChallenge, 'factorId' | 'ip'>,
    audited: boolean,
    context: RequestContext,
  ): Promise<Date> {
    const now = this.clock.now();
    for (let tries = 1; ; tries++) {
      try {
        await this.database.transaction((tx) => this.insert(tx, found, challenge, audited, context, now));
        return now;
      } catch (error) {
        if (!isUniqueViolation(error) || tries === TRIES) throw error;
      }
    }
  }

  private async insert(
    tx: Transaction,
    { user, factor }: FoundFactor,
    challenge: Omit<NewChallenge, 'factorId' | 'ip'>,
    audited: boolean,
    context: RequestContext,
    now: Date,
  ): Promise<void> {
    const row = await this.factors.markChallenged(tx, factor.id, withMicroseconds(now), now);
    if (!row) throw factorNotFound();
    await this.challenges.insert(tx, { ...challenge, factorId: factor.id, ip: context.ip || '0.0.0.0' }, now);
    const traits = { factor_id: factor.id, factor_status: factor.status };
    if (audited)
      await this.audit.append(tx, now, {
        ...{ actor: auditActor(user), action: 'challenge_created', traits, ip: context.ip },
      });
    await this.outbox.append(tx, context, user.session?.id ?? null, factorEvent('factor.challenged', row));
  }
}

/** A time in this millisecond that no other is likely to have. */
export function withMicroseconds(time: Date): string {
  return time.toISOString().replace('Z', `${String(randomInt(1000)).padStart(3, '0')}Z`);
}
