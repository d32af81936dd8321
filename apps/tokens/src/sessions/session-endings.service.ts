import { Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { SessionRecord } from '@usher/contracts/tokens/session-record';
import { Database, type Transaction } from '@usher/database/database';
import { AuditLog, type AuditEntry } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { actorOf } from './audit-actor.js';
import { BearerSessions } from './bearer-sessions.service.js';
import { sessionRevoked } from './session-events.js';
import { unsupportedScope } from './sessions.errors.js';
import { SessionsRepository } from './sessions.repository.js';

/** Something that happened to a user and ends sessions. */
export interface SessionEndingEvent {
  userId: string;
  /** Of the event, in the user's own order. */
  version: number;
  keepId: string | null;
  reason: string;
}

const LOGOUT_SCOPES = ['', 'global', 'local', 'others'];

/** Everything that ends sessions. Their rows go, and with them refresh tokens and methods: from then on no replica of any service lets them in. */
@Injectable()
export class SessionEndings {
  constructor(
    private readonly database: Database,
    private readonly bearers: BearerSessions,
    private readonly sessions: SessionsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** tokens-and-sessions.md §10; a token without a session ends all, whatever the scope. */
  async logOut(bearer: Bearer, scope: string, context: RequestContext): Promise<void> {
    const user = await this.bearers.authenticated(bearer);
    if (!LOGOUT_SCOPES.includes(scope)) throw unsupportedScope(scope);
    const own = user.session?.id ?? null;
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const ended =
        own && scope === 'local'
          ? await this.sessions.removeOne(tx, user.id, own)
          : await this.sessions.removeAll(tx, user.id, scope === 'others' ? own : null);
      await this.audit.append(tx, now, { actor: actorOf(user), action: 'logout' });
      await this.tell(tx, ended, 'logout', context);
    });
  }

  /** All sessions of a user but one. @returns how many ended. */
  async end(
    userId: string,
    keepId: string | null,
    reason: string,
    context: RequestContext,
    entry?: AuditEntry,
  ): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ended = await this.sessions.removeAll(tx, userId, keepId);
      if (entry) await this.audit.append(tx, this.clock.now(), entry);
      await this.tell(tx, ended, reason, context);
      return ended.length;
    });
  }

  /** @returns false when the user has no such session. */
  async endOne(
    userId: string,
    sessionId: string,
    reason: string,
    context: RequestContext,
    entry: AuditEntry,
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const ended = await this.sessions.removeOne(tx, userId, sessionId);
      if (ended.length) await this.audit.append(tx, this.clock.now(), entry);
      await this.tell(tx, ended, reason, context);
      return ended.length > 0;
    });
  }

  /** Of an event of the user: all that were open when it happened, but one. For who reads the feed, in his transaction. */
  async endBefore(tx: Transaction, cause: SessionEndingEvent, context: RequestContext): Promise<number> {
    const ended = await this.sessions.removeOlder(tx, cause.userId, cause.keepId, cause.version);
    await this.tell(tx, ended, cause.reason, context);
    return ended.length;
  }

  private tell(tx: Transaction, ended: SessionRecord[], reason: string, context: RequestContext): Promise<void> {
    return this.outbox.append(tx, context, null, ...ended.map((session) => sessionRevoked(session, reason)));
  }
}
