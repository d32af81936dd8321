import { Injectable } from '@nestjs/common';
import type { EventType } from '@usher/contracts/events/event-types';
import type { NewEvent } from '@usher/contracts/events/event';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserRow, UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog, type AuditEntry } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { userChanged, userNews } from '../accounts/account-events.js';
import { auditActor } from '../accounts/audit-actor.js';
import type { DraftAccount } from '../accounts/draft-account.js';
import { NewAccounts } from '../accounts/new-account.service.js';
import { mergeMetadata } from '../accounts/metadata.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { isFirstLink, type LinkCode, type LinkType } from './action-link.js';
import { invitationEntry } from './admin-audit.js';
import { emailTaken, userNotFound } from './admin-users.errors.js';
import { LinkCodes } from './link-codes.service.js';

export interface LinkChange {
  code: LinkCode;
  /** '' when the address stays. */
  newEmail: string;
  encryptedPassword?: string;
  /** Laid over the user's metadata. */
  data?: JsonObject | null;
}

/** Writes what a link needs to be good: code, audit entry and events together. */
@Injectable()
export class LinkChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly codes: LinkCodes,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  create(draft: DraftAccount, code: LinkCode, context: RequestContext): Promise<UserObject> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const store = (t: typeof tx, id: string) => this.codes.store(t, id, code, { newEmail: '' }, now);
      const account = await this.accounts.insert(tx, draft, context, now, store);
      const user = toUserObject(account);
      const entry = auditEntry(code.type, account, context);
      if (entry) await this.audit.append(tx, now, entry);
      if (code.type === 'invite') await this.outbox.append(tx, context, null, userNews('user.invited', user));
      return user;
    });
  }

  apply(user: UserWithAssociations, change: LinkChange, context: RequestContext): Promise<UserObject> {
    const now = this.clock.now();
    const { code, newEmail, encryptedPassword, data } = change;
    return this.database.transaction(async (tx) => {
      const before = await this.users.lockForUpdate(tx, user.id);
      if (!before) throw userNotFound();
      if (before.email_confirmed_at && isFirstLink(code.type)) throw emailTaken();
      const more = {
        ...(data ? { raw_user_meta_data: mergeMetadata(before.raw_user_meta_data, data) } : {}),
        ...(encryptedPassword === undefined ? {} : { encrypted_password: encryptedPassword }),
      };
      const row = await this.codes.store(tx, user.id, code, { before, newEmail, more }, now);
      const entry = auditEntry(code.type, row, context);
      if (entry) await this.audit.append(tx, now, entry);
      const after = toUserObject({ ...user, ...row });
      const events = eventsOf(toUserObject({ ...user, ...before }), after, change);
      await this.outbox.append(tx, context, null, ...events);
      return after;
    });
  }
}

/** accounts.md §23.1: sign-up links and changes of address leave none. */
function auditEntry(type: LinkType, user: UserRow, context: RequestContext): AuditEntry | undefined {
  if (type === 'invite') return invitationEntry(context, user);
  if (type === 'magiclink' || type === 'recovery')
    return { actor: auditActor(user), action: 'user_recovery_requested' };
  return undefined;
}

function eventsOf(before: UserObject, after: UserObject, { code, encryptedPassword }: LinkChange): NewEvent[] {
  switch (code.type) {
    case 'invite':
      return [userNews('user.invited', after)];
    case 'magiclink':
    case 'recovery':
      return [userNews('user.recovery_requested', after)];
    case 'signup': {
      const also: EventType[] = encryptedPassword === undefined ? [] : ['user.password_changed'];
      return [userNews('user.confirmation_requested', after), ...userChanged(before, after, ...also)];
    }
    default:
      return userChanged(before, after);
  }
}
