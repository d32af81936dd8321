import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ErasuresRepository } from './erasures.repository.js';
import { StreamEraser } from './stream-eraser.client.js';

const BATCH = 100;

/** Follows deletions of users for good: personal data leaves their events, whose order and versions stay (ADR 0061). */
@Injectable()
export class ErasureService {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly streams: StreamEraser,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** How many users were erased. A failure leaves the user to the next look: everything here may be repeated. */
  async eraseDue(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - this.settings.usher.events.erasureDelay);
    const deletions = await this.repository.due(before, BATCH);
    for (const { subject_id, position } of deletions) {
      await this.streams.erase(subject_id);
      await this.repository.erase(subject_id);
      await this.repository.done(position);
    }
    return deletions.length;
  }
}
