import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { FactorObject, JsonObject } from '@usher/contracts/user-object';
import type { AdminFactor } from '@usher/contracts/users/factors.contract';
import { Database } from '@usher/database/database';
import { toFactorObject } from '@usher/database/users/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { adminActor, AuditLog, type AuditAction, type AuditEntry } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { normalizePhone } from '../accounts/address.js';
import { auditActor } from '../accounts/audit-actor.js';
import { isUniqueViolation } from '../accounts/unique-violation.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { RecoveryCodesCleanup } from '../recovery-codes/recovery-codes-cleanup.service.js';
import { FactorAccess } from './factor-access.service.js';
import { factorEvent, factorsRemoved } from './factor-events.js';
import type { FactorRow } from './factor.entity.js';
import { factorNotFound, nameTaken, verifiedFactorExists } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';

/** The factors of a user, for administrators (mfa-and-passkeys.md §7). */
@Injectable()
export class AdminFactors {
  constructor(
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly recoveryCodes: RecoveryCodesCleanup,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async list(userId: string): Promise<FactorObject[]> {
    await this.user(userId);
    return (await this.factors.findOfUser(userId)).map(toFactorObject);
  }

  async find({ userId, factorId }: AdminFactor): Promise<{ user: UserRow; factor: FactorRow }> {
    const user = await this.user(userId);
    const { factor } = await this.access.ofUser(userId, factorId);
    return { user, factor };
  }

  async update(
    named: AdminFactor & { friendlyName?: string; phone?: string },
    context: RequestContext,
  ): Promise<FactorObject> {
    const { user, factor } = await this.find(named);
    const phone = named.phone && factor.factor_type === 'phone' ? normalizePhone(named.phone) : undefined;
    const name = named.friendlyName || undefined;
    const patch = { ...(name ? { friendly_name: name } : {}), ...(phone ? { phone } : {}) };
    const now = this.clock.now();
    return this.database
      .transaction(async (tx) => {
        if (!(await this.users.lockForUpdate(tx, user.id))) throw factorNotFound();
        const row = await this.factors.update(tx, factor.id, patch, now).catch((error: unknown) => {
          throw isUniqueViolation(error) ? error : factorNotFound();
        });
        await this.audit.append(tx, now, this.entry(user, factor, 'factor_updated', context));
        const previous = {
          ...(name ? { friendly_name: factor.friendly_name } : {}),
          ...(phone ? { phone: factor.phone } : {}),
        };
        await this.outbox.append(tx, context, null, factorEvent('factor.updated', row, { previous }));
        return toFactorObject(row);
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error)) throw error;
        throw phone && String((error as { constraint?: unknown }).constraint).includes('phone')
          ? verifiedFactorExists()
          : nameTaken(name ?? '');
      });
  }

  /** The factor as it was. */
  async remove(named: AdminFactor, context: RequestContext): Promise<FactorObject> {
    const { user, factor } = await this.find(named);
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.users.lockForUpdate(tx, user.id);
      const removed = await this.factors.remove(tx, [factor.id]);
      if (!removed.length) throw factorNotFound();
      await this.audit.append(tx, now, this.entry(user, factor, 'factor_deleted', context));
      const codes = await this.recoveryCodes.whenLastFactorIsGone(tx, user.id);
      await this.outbox.append(tx, context, null, ...factorsRemoved(removed, 'deleted'), ...codes);
    });
    return toFactorObject(factor);
  }

  private entry(user: UserRow, factor: FactorRow, action: AuditAction, { ip, actor }: RequestContext): AuditEntry {
    const traits: JsonObject = { user_id: user.id, factor_id: factor.id };
    // As the reference has it: a change is the administrator's doing, a removal is told of the user.
    if (action === 'factor_deleted') return { actor: auditActor(user), action, traits, ip };
    return { actor: adminActor(actor.id ?? ''), action, traits: { ...traits, factor_type: factor.factor_type }, ip };
  }

  private async user(userId: string): Promise<UserRow> {
    const user = await this.users.findById(userId);
    if (!user) throw new AuthError('user_not_found', 'User not found');
    return user;
  }
}
