import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { userNews } from '../accounts/account-events.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { IdentitiesRepository } from '../identities/identities.repository.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { adminEntry, userTraits } from './admin-audit.js';
import { userNotFound } from './admin-users.errors.js';
import { deletedRecord, erasedColumns } from './deleted-user.js';
import { UserDeletionRepository } from './user-deletion.repository.js';

/** DELETE /admin/users/{user_id} (accounts.md §22.8). The sessions of a softly deleted user are ended by `tokens`. */
@Injectable()
export class DeleteUserService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly identities: IdentitiesRepository,
    private readonly deletion: UserDeletionRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async delete(userId: string, soft: boolean, context: RequestContext): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const locked = await this.users.lockForUpdate(tx, userId);
      const user = locked && (await this.users.findById(userId, tx));
      if (!user) throw userNotFound();
      await this.audit.append(tx, now, adminEntry(context, 'user_deleted', userTraits(user)));
      if (!soft) await this.deleteForGood(tx, user, context, now);
      else if (!user.deleted_at) await this.erase(tx, user, context, now);
    });
  }

  private async deleteForGood(
    tx: Transaction,
    user: UserWithAssociations,
    context: RequestContext,
    now: Date,
  ): Promise<void> {
    await this.users.delete(tx, user.id);
    await this.outbox.append(
      tx,
      context,
      null,
      userNews('user.deleted', deletedRecord(toUserObject(user), now), { mode: 'hard' }),
    );
  }

  private async erase(tx: Transaction, user: UserWithAssociations, context: RequestContext, now: Date): Promise<void> {
    await this.users.update(tx, user.id, erasedColumns(user, now), now);
    await this.tokens.removeAll(tx, user.id);
    for (const identity of user.identities) await this.identities.erase(tx, identity, now);
    await this.deletion.removeCredentials(tx, user.id);
    const after = await this.users.findById(user.id, tx);
    if (!after) throw userNotFound();
    await this.outbox.append(tx, context, null, userNews('user.deleted', toUserObject(after), { mode: 'soft' }));
  }
}
