import { Inject, Injectable } from '@nestjs/common';
import type { UserObject } from '@usher/contracts/user-object';
import { Database, type Queryable } from '@usher/database/database';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { highestAal } from '../access-tokens/claims.js';
import { effectiveTag, lastRefresh, sessionState } from '../sessions/session.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { Chain } from './chain.js';
import { banned, clientRequired, newerLogin, sessionOver } from './refresh-tokens.errors.js';

/** What must hold before the presented token itself is looked at, in the order of tokens-and-sessions.md §7.2. */
@Injectable()
export class RefreshChecks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
  ) {}

  async check(chain: Chain, user: UserObject, now: Date): Promise<void> {
    const { session, banned_until } = chain.owner;
    if (banned_until && Date.parse(banned_until) > now.getTime()) throw banned();
    const state = sessionState(session, this.settings.sessions, highestAal(user), chain.refreshed, now);
    if (state !== 'valid') throw sessionOver(state);
    if (session.oauth_client_id) throw clientRequired();
    if (this.settings.sessions.singlePerUser) await this.checkNewest(this.database, chain, user, now);
  }

  /** §8.4: no other valid session of the same tag was refreshed later. */
  async checkNewest(on: Queryable, { owner, refreshed }: Chain, user: UserObject, now: Date): Promise<void> {
    const { tags, ...limits } = this.settings.sessions;
    const tag = effectiveTag(owner.session.tag, tags);
    const newer = (await this.sessions.others(on, owner.session)).some((other) => {
      const last = lastRefresh(other);
      if (last <= refreshed || effectiveTag(other.tag, tags) !== tag) return false;
      return sessionState(other, limits, highestAal(user), last, now) === 'valid';
    });
    if (newer) throw newerLogin();
  }
}
