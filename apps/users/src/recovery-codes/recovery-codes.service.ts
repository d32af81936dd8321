import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type {
  GenerateRecoveryCodesInput,
  NewRecoveryCodes,
  RecoveryCodesState,
} from '@usher/contracts/users/recovery-codes.contract';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import type { CurrentUser } from '../accounts/current-user.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { FactorAccess } from '../factors/factor-access.service.js';
import { CODES, digestOf, newCode } from './recovery-code.js';
import {
  aal2Required,
  codesExist,
  factorRequired,
  noCodes,
  sessionRequired,
  wrongCode,
} from './recovery-codes.errors.js';
import { RecoveryCodesRepository, type CodesState } from './recovery-codes.repository.js';

/** Codes on paper for who has lost the factor (docs/mfa.md). */
@Injectable()
export class RecoveryCodesService {
  constructor(
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly users: UsersRepository,
    private readonly codes: RecoveryCodesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async state(bearer: Bearer): Promise<RecoveryCodesState> {
    const { id } = await this.access.caller(bearer);
    const { total, remaining } = await this.codes.state(id);
    if (!total) throw noCodes();
    return { id, type: 'recovery_code', total, remaining };
  }

  async generate(
    { bearer, friendlyName, again }: GenerateRecoveryCodesInput,
    context: RequestContext,
  ): Promise<NewRecoveryCodes> {
    const user = await this.manager(bearer);
    const codes = Array.from({ length: CODES }, () => newCode(randomInt));
    const digests = codes.map((code) => digestOf(user.id, code));
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      await this.users.lockForUpdate(tx, user.id);
      if (!(await this.codes.hasVerifiedFactor(tx, user.id))) throw factorRequired();
      const { total } = await this.codes.stateIn(tx, user.id);
      if (again !== total > 0) throw again ? noCodes() : codesExist();
      await this.codes.replace(tx, user.id, digests, now);
      const state = await this.codes.stateIn(tx, user.id);
      await this.outbox.append(tx, context, bearer.sessionId, event('recovery_codes.generated', user.id, state));
      return { id: user.id, type: 'recovery_code', friendly_name: friendlyName ?? '', total: CODES, codes };
    });
  }

  async remove(bearer: Bearer, context: RequestContext): Promise<{ id: string }> {
    const user = await this.manager(bearer);
    await this.database.transaction(async (tx) => {
      if (!(await this.codes.removeAll(tx, user.id))) throw noCodes();
      const state = await this.codes.stateIn(tx, user.id);
      await this.outbox.append(tx, context, bearer.sessionId, event('recovery_codes.removed', user.id, state));
    });
    return { id: user.id };
  }

  async check(bearer: Bearer, code: string): Promise<void> {
    const user = await this.access.caller(bearer);
    if (!user.session) throw sessionRequired();
    if (!(await this.codes.isOpen(user.id, digestOf(user.id, code)))) throw wrongCode();
  }

  async accept(bearer: Bearer, code: string, context: RequestContext): Promise<{ user: UserObject }> {
    const user = await this.access.caller(bearer);
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      if (!(await this.codes.use(tx, user.id, digestOf(user.id, code), now))) throw wrongCode();
      const state = await this.codes.stateIn(tx, user.id);
      await this.outbox.append(tx, context, bearer.sessionId, event('recovery_codes.used', user.id, state));
    });
    return { user: toUserObject(user) };
  }

  private async manager(bearer: Bearer): Promise<CurrentUser> {
    const user = await this.access.caller(bearer);
    if (!user.factors.some(({ status }) => status === 'verified')) throw factorRequired();
    if (user.session?.aal !== 'aal2') throw aal2Required();
    return user;
  }
}

function event(type: NewEvent['type'], userId: string, state: CodesState): NewEvent {
  return { type, subject: userId, record: { user_id: userId, ...state } };
}
