import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { factorsRemoved } from './factor-events.js';
import { FactorsRepository } from './factors.repository.js';

/** Factors that somebody began to enrol and never came back to: a few of them go whenever one is enrolled. */
@Injectable()
export class ForgottenFactors {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly factors: FactorsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Of all users, and so not the doing of whoever asks. */
  async remove({ requestId, traceparent, ...rest }: RequestContext): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.settings.mfa.factorExpiry);
    const job: RequestContext = {
      ...{ ...rest, requestId, traceparent, ip: '', userAgent: '' },
      ...{ origin: 'job', actor: { type: 'system', id: null } },
    };
    await this.database.transaction(async (tx) => {
      const removed = await this.factors.removeForgotten(tx, before);
      await this.outbox.append(tx, job, null, ...factorsRemoved(removed, 'expired'));
    });
  }
}
