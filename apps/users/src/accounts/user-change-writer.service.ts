import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { EventType } from '@usher/contracts/events/event-types';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { identityEvents, together, unchanged, type ChangedIdentities } from '../identities/changed-identities.js';
import { OwnIdentities } from '../identities/own-identities.service.js';
import { providersOf } from '../identities/own-identity.js';
import { ChangeNotices } from '../one-time-tokens/change-notices.service.js';
import { NotificationQueue } from '../one-time-tokens/notification-queue.service.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { ReauthenticationNonce } from '../one-time-tokens/reauthentication-nonce.service.js';
import { userChanged } from './account-events.js';
import type { PreparedAddresses } from './address-changes.service.js';
import { auditActor } from './audit-actor.js';
import { nthEntry } from './audit-order.js';
import type { CurrentUser } from './current-user.js';
import { mergeMetadata } from './metadata.js';
import { WIPED_TOKENS } from './update-user.js';
import { UsersRepository } from './users.repository.js';

/** A change of the own account with everything that had to be done before the transaction. */
export interface PreparedChange extends PreparedAddresses {
  sessionId: string | null;
  data?: JsonObject;
  appMetadata?: JsonObject;
  passwordHash?: string;
  usedNonce: boolean;
}

interface Written {
  row: UserRow;
  identities: ChangedIdentities;
}

/** Writes a prepared change (accounts.md §20.2 step 9): rows, audit entries, notices and events together. */
@Injectable()
export class UserChangeWriter {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly identities: OwnIdentities,
    private readonly nonce: ReauthenticationNonce,
    private readonly notices: ChangeNotices,
    private readonly notifications: NotificationQueue,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The user afterwards, as the client gets to see it. */
  write(user: CurrentUser, change: PreparedChange, context: RequestContext): Promise<UserObject> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const before = await this.users.lockForUpdate(tx, user.id);
      if (!before) throw new AuthError('user_not_found', 'User from sub claim in JWT does not exist', { status: 403 });
      recheck(user, before, change);
      const own = await this.changeOwn(tx, user, before, change, now);
      const direct = await this.changeAddresses(tx, own, change, now);
      let { row } = direct;
      for (const code of change.codes) row = await code.store(tx, user.id);
      const last = nthEntry(now, change.direct.length + 1);
      await this.audit.append(tx, last, { actor: auditActor(row), action: 'user_modified' });
      const { identities } = direct;
      const after = toUserObject({ ...user, ...row, identities: identities.all, confirmed_at: before.confirmed_at });
      const password = change.passwordHash !== undefined;
      if (password) await this.notifyOfPassword(tx, after, context, now);
      await this.notices.append(tx, before, after, identities, context, now);
      const also: EventType[] = password ? ['user.password_changed'] : [];
      const events = userChanged(toUserObject({ ...user, ...before }), after, ...also);
      await this.outbox.append(tx, context, change.sessionId, ...events, ...identityEvents(identities));
      return after;
    });
  }

  /** Password and metadata. */
  private async changeOwn(
    tx: Transaction,
    user: CurrentUser,
    before: UserRow,
    { passwordHash, usedNonce, data, appMetadata }: PreparedChange,
    now: Date,
  ): Promise<Written> {
    const patch: Partial<UserRow> = {};
    let identities = unchanged(user.identities);
    let metadata = before.raw_app_meta_data;
    if (passwordHash !== undefined) {
      Object.assign(patch, WIPED_TOKENS, { encrypted_password: passwordHash });
      await this.tokens.removeAll(tx, user.id);
      await this.audit.append(tx, now, { actor: auditActor(before), action: 'user_updated_password' });
      if (!before.encrypted_password)
        identities = await this.identities.putForFirstPassword(tx, before, user.identities, now);
      if (identities.created.length) metadata = { ...metadata, ...providersOf(identities.all) };
    }
    if (usedNonce) Object.assign(patch, await this.nonce.consume(tx, user.id));
    if (data) patch.raw_user_meta_data = mergeMetadata(before.raw_user_meta_data, data);
    if (appMetadata) metadata = mergeMetadata(metadata, appMetadata);
    if (metadata !== before.raw_app_meta_data) patch.raw_app_meta_data = metadata;
    return { row: await this.users.update(tx, user.id, patch, now), identities };
  }

  /** Addresses that count at once. */
  private async changeAddresses(
    tx: Transaction,
    { row, identities }: Written,
    { direct }: PreparedChange,
    now: Date,
  ): Promise<Written> {
    const written = { row, identities };
    for (const [n, decide] of direct.entries()) {
      const { patch, identity } = decide(written.row, now);
      const put = await this.identities.put(tx, row.id, written.identities.all, [identity], now);
      written.identities = together(written.identities, put);
      const actor = auditActor(written.row);
      await this.audit.append(tx, nthEntry(now, n + 1), { actor, action: 'user_modified' });
      written.row = await this.users.update(tx, row.id, patch, now);
    }
    return written;
  }

  private notifyOfPassword(tx: Transaction, user: UserObject, context: RequestContext, now: Date): Promise<void> {
    const message = { notification: 'password_changed_notification', user, to: user.email, variables: {} } as const;
    return this.notifications.append(tx, message, context, now);
  }
}

/** What the checks relied on may have changed while hashes were computed and mails were sent. */
function recheck(seen: CurrentUser, now: UserRow, { usedNonce, passwordHash }: PreparedChange): void {
  if (usedNonce && now.reauthentication_token !== seen.reauthentication_token)
    throw new AuthError('reauthentication_not_valid', 'Nonce has expired or is invalid');
  if (passwordHash !== undefined && now.encrypted_password !== seen.encrypted_password)
    throw new AuthError('conflict', 'The password has just been changed by another request.');
}
