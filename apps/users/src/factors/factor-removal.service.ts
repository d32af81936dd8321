import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { NamedFactor, RemovedFactor } from '@usher/contracts/users/factors.contract';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { auditActor } from '../accounts/audit-actor.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { NotificationQueue } from '../one-time-tokens/notification-queue.service.js';
import { RecoveryCodesCleanup } from '../recovery-codes/recovery-codes-cleanup.service.js';
import { FactorAccess } from './factor-access.service.js';
import { factorsRemoved } from './factor-events.js';
import { factorNotFound, insufficientAal, sessionRequired } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';

/** DELETE /factors/{id} (mfa-and-passkeys.md §6). */
@Injectable()
export class FactorRemoval {
  constructor(
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly recoveryCodes: RecoveryCodesCleanup,
    private readonly notifications: NotificationQueue,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async remove(named: NamedFactor, context: RequestContext): Promise<RemovedFactor> {
    const { user, factor } = await this.access.find(named);
    const { session } = user;
    if (!session) throw sessionRequired('unenroll a factor');
    const now = this.clock.now();
    const { id, factor_type: type } = factor;
    await this.database.transaction(async (tx) => {
      if (!(await this.users.lockForUpdate(tx, user.id))) throw factorNotFound();
      const [removed] = await this.factors.remove(tx, [id]);
      if (!removed) throw factorNotFound();
      // As it is now: it may have been verified since it was looked up.
      if (removed.status === 'verified' && session.aal !== 'aal2')
        throw insufficientAal('AAL2 required to unenroll verified factor', 422);
      const traits = { factor_id: id, factor_status: removed.status, session_id: session.id };
      await this.audit.append(tx, now, {
        ...{ actor: auditActor(user), action: 'factor_unenrolled', traits, ip: context.ip },
      });
      const shown = toUserObject(user);
      const message = { notification: 'mfa_factor_unenrolled_notification', user: shown, to: shown.email } as const;
      await this.notifications.append(tx, { ...message, variables: { FactorType: type } }, context, now);
      const codes = await this.recoveryCodes.whenLastFactorIsGone(tx, user.id);
      await this.outbox.append(tx, context, session.id, ...factorsRemoved([removed], 'unenrolled'), ...codes);
    });
    return { id, type };
  }
}
