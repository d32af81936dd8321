import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { userNews } from '../accounts/account-events.js';
import { normalizeEmail } from '../accounts/address.js';
import { draftUserObject, type DraftAccount } from '../accounts/draft-account.js';
import { NewAccounts } from '../accounts/new-account.service.js';
import { UserCreationHooks } from '../accounts/user-creation-hooks.service.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { CodeSender, type PreparedCode } from '../one-time-tokens/code-sender.service.js';
import { invitationEntry } from './admin-audit.js';
import { emailTaken, orTaken, userNotFound } from './admin-users.errors.js';
import { emailAccount } from './email-account.js';

/** POST /invite (accounts.md §22.1). Accepting replaces whatever password the account had. */
@Injectable()
export class InviteService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly codes: CodeSender,
    private readonly hooks: UserCreationHooks,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async invite(address: string, data: JsonObject | null | undefined, context: RequestContext): Promise<UserObject> {
    const email = normalizeEmail(address);
    const existing = await this.users.findByEmail(context.audience, email);
    if (existing?.email_confirmed_at) throw emailTaken();
    const user = existing ? await this.again(existing, context) : await this.first(email, data, context);
    await this.hooks.after(user, context);
    return user;
  }

  private async first(
    email: string,
    data: JsonObject | null | undefined,
    context: RequestContext,
  ): Promise<UserObject> {
    const draft = emailAccount({
      ...{ id: this.accounts.newId(), identityId: randomUUID(), email, data, encryptedPassword: '' },
      ...{ audience: context.audience, role: this.accounts.defaultRole },
    });
    const unsaved = draftUserObject(draft, this.clock.now());
    await this.hooks.before({ ...unsaved, identities: [] }, context);
    const code = await this.send(unsaved, context);
    return this.storeNew(draft, code, context).catch((error: unknown) => {
      throw orTaken(error);
    });
  }

  private storeNew(draft: DraftAccount, code: PreparedCode, context: RequestContext): Promise<UserObject> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.insert(tx, draft, context, now, (t, id) => code.store(t, id));
      const user = toUserObject(account);
      await this.audit.append(tx, now, invitationEntry(context, account));
      await this.outbox.append(tx, context, null, userNews('user.invited', user));
      return user;
    });
  }

  private async again(existing: UserWithAssociations, context: RequestContext): Promise<UserObject> {
    const code = await this.send(toUserObject(existing), context);
    return this.database.transaction(async (tx) => {
      const locked = await this.users.lockForUpdate(tx, existing.id);
      if (!locked) throw userNotFound();
      if (locked.email_confirmed_at) throw emailTaken();
      const row = await code.store(tx, existing.id);
      const user = toUserObject({ ...existing, ...row });
      await this.audit.append(tx, this.clock.now(), invitationEntry(context, row));
      await this.outbox.append(tx, context, null, userNews('user.invited', user));
      return user;
    });
  }

  private send(user: UserObject, context: RequestContext): Promise<PreparedCode> {
    return this.codes.prepareEmail({ action: 'invite', user, pkce: false, context, unlimited: true });
  }
}
