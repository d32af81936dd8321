import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { Transaction } from '@usher/database/database';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';

/** Recovery codes stand in for factors; without a factor there is nothing to stand in for. */
@Injectable()
export class RecoveryCodesCleanup {
  constructor(private readonly codes: RecoveryCodesRepository) {}

  /** @returns the event of it, if codes went. */
  async whenLastFactorIsGone(tx: Transaction, userId: string): Promise<NewEvent[]> {
    if (await this.codes.hasVerifiedFactor(tx, userId)) return [];
    if (!(await this.codes.removeAll(tx, userId))) return [];
    return [{ type: 'recovery_codes.removed', subject: userId, record: { user_id: userId, total: 0, remaining: 0 } }];
  }
}
