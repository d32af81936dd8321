import { Injectable } from '@nestjs/common';
import type { EventType } from '@usher/contracts/events/event-types';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog, type AuditEntry } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { userChanged, userNews } from '../accounts/account-events.js';
import { auditActor } from '../accounts/audit-actor.js';
import { UsersRepository } from '../accounts/users.repository.js';
import type { PreparedCode } from './code-sender.service.js';

export interface RequestedCode {
  user: UserWithAssociations;
  code: PreparedCode;
  audit?: Pick<AuditEntry, 'action' | 'traits'>;
  /** What it is news of; a change of address shows in the user itself. */
  news?: EventType;
  sessionId?: string | null;
}

/** Writes down that a code was sent: token, audit entry and event together. */
@Injectable()
export class CodeRequests {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The body of the answer. */
  async store(requested: RequestedCode, context: RequestContext): Promise<Record<string, string>> {
    const { user, code, audit, news, sessionId = null } = requested;
    await this.database.transaction(async (tx) => {
      // Deleted while the message was under way: there is nobody left to hold the code.
      if (!(await this.users.lockForUpdate(tx, user.id))) return;
      if (audit) await this.audit.append(tx, this.clock.now(), { actor: auditActor(user), ...audit });
      const after = toUserObject({ ...user, ...(await code.store(tx, user.id)) });
      const events = news ? [userNews(news, after)] : userChanged(toUserObject(user), after);
      await this.outbox.append(tx, context, sessionId, ...events);
    });
    return code.messageId ? { message_id: code.messageId } : {};
  }
}
