import { Inject, Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { FactorProof } from '@usher/contracts/users/factors.contract';
import { Database, type Transaction } from '@usher/database/database';
import { spendCredential } from '@usher/database/spent-credentials';
import { toUserObject } from '@usher/database/users/user-object';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { auditActor } from '../accounts/audit-actor.js';
import type { CurrentUser } from '../accounts/current-user.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { NotificationQueue } from '../one-time-tokens/notification-queue.service.js';
import { ceremonyRecord } from './ceremony-record.js';
import { ChallengesRepository } from './challenges.repository.js';
import { FactorAccess } from './factor-access.service.js';
import { FactorAttemptsRepository } from './factor-attempts.repository.js';
import { factorEvent, factorsRemoved } from './factor-events.js';
import type { FactorRow } from './factor.entity.js';
import { checkVerification } from './factor.js';
import { addressMismatch, challengeNotFound, factorNotFound, wrongAnswer } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';
import { stepEnds } from './totp.js';

/** What a right answer changes (mfa-and-passkeys.md §5.5): behind the user's row lock, so that of many at once one counts. */
@Injectable()
export class FactorAcceptance {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly challenges: ChallengesRepository,
    private readonly attempts: FactorAttemptsRepository,
    private readonly notifications: NotificationQueue,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async accept(bearer: Bearer, proof: FactorProof, context: RequestContext): Promise<{ user: UserObject }> {
    const user = await this.access.caller(bearer);
    return this.database.transaction(async (tx) => {
      if (!(await this.users.lockForUpdate(tx, user.id))) throw factorNotFound();
      const mine = await this.factors.findOfUser(user.id, tx);
      const factor = mine.find(({ id }) => id === proof.factorId);
      if (!factor) throw factorNotFound();
      checkVerification(factor, mine, this.settings.mfa, user.session?.aal);
      return { user: await this.write(tx, user, factor, mine, proof, context) };
    });
  }

  private async write(
    tx: Transaction,
    user: CurrentUser,
    factor: FactorRow,
    mine: readonly FactorRow[],
    proof: FactorProof,
    context: RequestContext,
  ): Promise<UserObject> {
    const now = this.clock.now();
    await this.useUp(tx, factor, proof, now);
    const traits = { factor_id: factor.id, challenge_id: proof.challengeId, factor_type: factor.factor_type };
    await this.audit.append(tx, now, {
      ...{ actor: auditActor(user), action: 'verification_attempted', traits, ip: context.ip },
    });
    const first = factor.status === 'unverified';
    const patch = {
      ...(first ? { status: 'verified' as const } : {}),
      ...(await this.ceremony(factor, proof, context, now)),
    };
    const row = Object.keys(patch).length ? await this.factors.update(tx, factor.id, patch, now) : factor;
    const rivals = mine.filter(
      ({ id, status, factor_type }) =>
        id !== factor.id && status === 'unverified' && factor_type === factor.factor_type,
    );
    const removed = await this.factors.remove(
      tx,
      rivals.map(({ id }) => id),
    );
    const after = await this.users.findById(user.id, tx);
    if (!after) throw factorNotFound();
    const shown = toUserObject(after);
    if (first) await this.notify(tx, shown, factor, context, now);
    const news = first ? { previous: { status: factor.status } } : {};
    const events = [factorEvent('factor.verified', row, news), ...factorsRemoved(removed, 'superseded')];
    await this.outbox.append(tx, context, user.session?.id ?? null, ...events);
    return shown;
  }

  /** Challenge and code count once, whoever else holds them right now. */
  private async useUp(tx: Transaction, factor: FactorRow, { challengeId, step, ceremony }: FactorProof, now: Date) {
    if (ceremony) {
      if (!(await this.challenges.take(tx, challengeId))) throw challengeNotFound();
      return;
    }
    if (!(await this.challenges.verify(tx, challengeId, now))) throw addressMismatch();
    // RFC 6238 §5.2: a code is not accepted twice, not for another challenge either.
    if (step !== undefined && !(await spendCredential(tx, 'totp', `${factor.id} ${step}`, stepEnds(step))))
      throw wrongAnswer(factor.factor_type);
    await this.attempts.clear(tx, factor.user_id);
  }

  private async ceremony(
    factor: FactorRow,
    proof: FactorProof,
    context: RequestContext,
    now: Date,
  ): Promise<Partial<FactorRow>> {
    const { ceremony } = proof;
    if (!ceremony) return {};
    return {
      web_authn_credential: ceremony.credential,
      web_authn_aaguid: ceremony.aaguid,
      last_webauthn_challenge_data: ceremonyRecord(factor, proof.challengeId, ceremony, context.ip, now),
    };
  }

  private notify(
    tx: Transaction,
    user: UserObject,
    { factor_type }: FactorRow,
    context: RequestContext,
    now: Date,
  ): Promise<void> {
    const variables = { FactorType: factor_type };
    const message = { notification: 'mfa_factor_enrolled_notification', user, to: user.email, variables } as const;
    return this.notifications.append(tx, message, context, now);
  }
}
