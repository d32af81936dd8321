import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { SessionEndings } from '../sessions/session-endings.service.js';
import { ENDING_TYPES, toEnding } from './ending-events.js';
import { HealingRepository } from './healing.repository.js';

const PAGE = 100;

const CONTEXT: RequestContext = {
  ...{ requestId: '', ip: '', userAgent: '', audience: '', redirectTo: '', externalUrl: '', origin: 'job' },
  actor: { type: 'system', id: null },
};

/**
 * Ends the sessions that a changed password or a deletion should have ended. The gateway does it at once; where it died in between, this does it.
 * The cursor moves in the transaction of the effects, so that each event takes effect once, by one replica.
 */
@Injectable()
export class HealingService {
  constructor(
    private readonly database: Database,
    private readonly feed: HealingRepository,
    private readonly endings: SessionEndings,
  ) {}

  /** One page of the feed. @returns whether there may be more at once. */
  heal(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const after = await this.feed.claim(tx);
      if (after === undefined) return false;
      const until = await this.feed.newest(tx);
      if (until <= after) return false;
      const events = await this.feed.read(tx, after, until, ENDING_TYPES, PAGE);
      for (const event of events) await this.endings.endBefore(tx, toEnding(event), CONTEXT);
      const more = events.length === PAGE;
      await this.feed.advance(tx, more ? events.at(-1)!.position : until);
      return more;
    });
  }
}
