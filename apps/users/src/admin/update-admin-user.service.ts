import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { EventType } from '@usher/contracts/events/event-types';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { AdminUserParams } from '@usher/contracts/users/admin.contract';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { userChanged } from '../accounts/account-events.js';
import { normalizeEmail, normalizePhone } from '../accounts/address.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { StoredPasswords } from '../passwords/stored-passwords.service.js';
import { adminEntry, userTraits } from './admin-audit.js';
import { changedColumns, newAddresses, voidsCodes, type AdminUserChange } from './admin-user-change.js';
import { banUntil } from './ban-duration.js';
import { identityEvents, together } from '../identities/changed-identities.js';
import { OwnIdentities } from '../identities/own-identities.service.js';
import { providersOf } from '../identities/own-identity.js';
import { orTaken, userNotFound } from './admin-users.errors.js';

/** PUT /admin/users/{user_id} (accounts.md §22.7): holds at once, without mail. */
@Injectable()
export class UpdateAdminUserService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly ownIdentities: OwnIdentities,
    private readonly tokens: OneTimeTokensRepository,
    private readonly passwords: StoredPasswords,
    private readonly policy: PasswordPolicy,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async update(
    userId: string,
    params: AdminUserParams,
    context: RequestContext,
  ): Promise<{ user: UserObject; endSessions: boolean }> {
    const known = await this.users.findById(userId);
    if (!known) throw userNotFound();
    const change = await this.toChange(known.id, params);
    const user = await this.write(known.id, change, context).catch((error: unknown) => {
      throw orTaken(error);
    });
    return { user, endSessions: change.encryptedPassword !== undefined };
  }

  private async toChange(id: string, params: AdminUserParams): Promise<AdminUserChange> {
    const { role, email, phone, password, emailConfirm = false, phoneConfirm = false } = params;
    const { appMetadata, userMetadata } = params;
    const change = {
      role: role?.trim(),
      email: email ? normalizeEmail(email) : undefined,
      phone: phone ? normalizePhone(phone) : undefined,
      bannedUntil: banUntil(params.banDuration, this.clock.now()),
      ...{ emailConfirm, phoneConfirm, appMetadata, userMetadata },
    };
    if (password === undefined) return change;
    await this.policy.enforce(password);
    return { ...change, encryptedPassword: await this.passwords.seal(id, password) };
  }

  private write(id: string, change: AdminUserChange, context: RequestContext): Promise<UserObject> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      if (voidsCodes(change)) await this.tokens.removeAll(tx, id);
      let row = await this.users.update(tx, id, changedColumns(before, change, now), now);
      let identities = await this.ownIdentities.put(tx, id, before.identities, newAddresses(change), now);
      if (change.encryptedPassword !== undefined && !before.encrypted_password) {
        const first = await this.ownIdentities.putForFirstPassword(tx, row, identities.all, now);
        identities = together(identities, first);
        if (first.created.length) {
          const metadata = { ...row.raw_app_meta_data, ...providersOf(first.all) };
          row = await this.users.update(tx, id, { raw_app_meta_data: metadata }, now);
        }
      }
      await this.audit.append(tx, now, adminEntry(context, 'user_modified', userTraits(row)));
      const after = { ...before, ...row, identities: identities.all };
      await this.appendEvents(tx, before, after, identityEvents(identities), change, context);
      // The reference answers with what it had loaded, new identities appended.
      const shown = { ...after, confirmed_at: before.confirmed_at };
      return toUserObject({ ...shown, identities: [...before.identities, ...identities.created] });
    });
  }

  private async lock(tx: Transaction, id: string): Promise<UserWithAssociations> {
    const locked = await this.users.lockForUpdate(tx, id);
    const user = locked && (await this.users.findById(id, tx));
    if (!user) throw userNotFound();
    return user;
  }

  private async appendEvents(
    tx: Transaction,
    before: UserWithAssociations,
    after: UserWithAssociations,
    identities: NewEvent[],
    change: AdminUserChange,
    context: RequestContext,
  ): Promise<void> {
    const also: EventType[] = change.encryptedPassword === undefined ? [] : ['user.password_changed'];
    const changes = userChanged(toUserObject(before), toUserObject(after), ...also);
    await this.outbox.append(tx, context, null, ...changes, ...identities);
  }
}
