import { Inject, Injectable } from '@nestjs/common';
import type { Bearer } from '@usher/contracts/request-context';
import { toUserObject } from '@usher/database/users/user-object';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { highestAal } from '../access-tokens/claims.js';
import type { SessionRow } from './session.entity.js';
import { lastRefresh, sessionState } from './session.js';
import { sessionMissing, sessionOver, userBanned, userMissing } from './sessions.errors.js';
import { SessionsRepository, type UserAndSession } from './sessions.repository.js';

/** Whether the session of a bearer token still stands. */
@Injectable()
export class BearerSessions {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  /** The session part of the administrator check (accounts.md §4.4). A token without a session passes. */
  async check({ sub, sessionId }: Bearer): Promise<void> {
    if (!sessionId) return;
    const user = await this.find(sub, sessionId);
    if (!user.session) throw sessionMissing();
    if (!this.isValid(user.session, user)) throw sessionOver();
  }

  /** The user of a token: exists, is not banned, and the session, if the token names one, is his (accounts.md §4.3). */
  async authenticated({ sub, sessionId }: Bearer): Promise<UserAndSession> {
    const user = await this.find(sub, sessionId);
    if (sessionId && !user.session) throw sessionMissing();
    if (user.banned_until && Date.parse(user.banned_until) > this.clock.now().getTime()) throw userBanned();
    return user;
  }

  /** Whether a session of the user may still be refreshed. */
  isValid(session: SessionRow, { session: _, ...user }: UserAndSession): boolean {
    const highest = highestAal(toUserObject(user));
    return sessionState(session, this.settings.sessions, highest, lastRefresh(session), this.clock.now()) === 'valid';
  }

  private async find(userId: string, sessionId: string | null): Promise<UserAndSession> {
    const user = await this.sessions.findWithUser(userId, sessionId);
    if (!user) throw userMissing();
    return user;
  }
}
