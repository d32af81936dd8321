import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignIn } from '@usher/contracts/sign-in';
import type { JsonObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { userNews } from './account-events.js';
import { auditActor } from './audit-actor.js';
import { UsersRepository, type UserPatch } from './users.repository.js';

export interface SignInRecord {
  method: string;
  /** Traits of the `login` entry; null writes no entry. */
  traits: JsonObject | null;
  /** Columns that change together with the sign-in. */
  patch?: UserPatch;
  context: RequestContext;
  now: Date;
  notAfter?: string;
}

/** What every proof of a user ends in: `last_sign_in_at`, the audit entry, the event (docs/adr/0007). */
@Injectable()
export class SignInRecorder {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  async record(tx: Transaction, user: UserWithAssociations, record: SignInRecord): Promise<SignIn> {
    const { method, traits, patch, context, now, notAfter } = record;
    const row = await this.users.update(tx, user.id, { ...patch, last_sign_in_at: now }, now);
    if (traits) await this.audit.append(tx, now, { actor: auditActor(row), action: 'login', traits });
    const shown = toUserObject({ ...user, ...row });
    if (this.settings.usher.events.signIns)
      await this.outbox.append(tx, context, null, userNews('sign_in.succeeded', shown, { method }));
    return { user: shown, method, isSsoUser: row.is_sso_user, notAfter };
  }
}
