import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { EnrollFactorInput, EnrolledFactor } from '@usher/contracts/users/factors.contract';
import { Database } from '@usher/database/database';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { normalizePhone } from '../accounts/address.js';
import { auditActor } from '../accounts/audit-actor.js';
import type { CurrentUser } from '../accounts/current-user.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { FactorAccess } from './factor-access.service.js';
import { factorEvent, factorsRemoved } from './factor-events.js';
import { checkEnrolment, refuseVerifiedPhone, type FactorType } from './factor.js';
import { enrolmentDisabled, factorNotFound, invalid, sessionRequired, unknownType } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';
import { ForgottenFactors } from './forgotten-factors.service.js';
import { qrCode } from './qr-code.js';
import { newSecret, totpUri } from './totp.js';

const SWITCHES = { totp: 'totp', phone: 'phone', webauthn: 'webAuthn' } as const;

/** A factor as it is made, and the part of the answer that its type adds. */
interface Draft {
  secret?: string;
  phone?: string;
  answer: Partial<EnrolledFactor>;
}

/** POST /factors (mfa-and-passkeys.md §3). */
@Injectable()
export class Enrolment {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly forgotten: ForgottenFactors,
    private readonly cipher: ColumnCipher,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async enrol(input: EnrollFactorInput, context: RequestContext): Promise<EnrolledFactor> {
    const user = await this.access.caller(input.bearer);
    if (!user.session) throw sessionRequired('enroll a factor');
    const type = factorType(input.factorType);
    if (!this.settings.mfa[SWITCHES[type]].enrollEnabled) throw enrolmentDisabled(type);
    const draft = await this.draft(type, user, input, context);
    await this.forgotten.remove(context);
    return this.write(user, type, input.friendlyName ?? '', draft, context);
  }

  private async draft(
    type: FactorType,
    user: CurrentUser,
    { issuer, phone }: EnrollFactorInput,
    context: RequestContext,
  ): Promise<Draft> {
    if (type === 'totp') return this.totp(user, issuer);
    return type === 'phone' ? this.phone(user, phone ?? '', context) : { answer: {} };
  }

  private totp(user: CurrentUser, issuer: string | undefined): Draft {
    const secret = newSecret();
    // The reference fails where there is no e-mail; the app only needs something to show.
    const uri = totpUri(secret, issuer || hostOf(this.settings.site.url), user.email || user.phone || user.id);
    try {
      return { secret, answer: { totp: { qr_code: qrCode(uri), secret, uri } } };
    } catch {
      throw invalid('The issuer is too long for a QR code');
    }
  }

  /** An unverified factor with the number gives way, also when the new one is then refused. */
  private async phone(user: CurrentUser, given: string, context: RequestContext): Promise<Draft> {
    if (!given) throw invalid('Phone number required to enroll Phone factor');
    const phone = normalizePhone(given);
    await this.database.transaction(async (tx) => {
      if (!(await this.users.lockForUpdate(tx, user.id))) return;
      const mine = await this.factors.findOfUser(user.id, tx);
      refuseVerifiedPhone(mine, phone);
      const same = mine.filter((factor) => factor.phone === phone).map(({ id }) => id);
      if (!same.length) return;
      const removed = await this.factors.remove(tx, same);
      await this.outbox.append(tx, context, user.session?.id ?? null, ...factorsRemoved(removed, 'replaced'));
    });
    return { phone, answer: { phone: given } };
  }

  /** Behind the user's row lock: of many at once only as many are written as the limit allows. */
  private write(
    user: CurrentUser,
    type: FactorType,
    name: string,
    { secret, phone, answer }: Draft,
    context: RequestContext,
  ): Promise<EnrolledFactor> {
    const now = this.clock.now();
    const id = randomUUID();
    return this.database.transaction(async (tx) => {
      if (!(await this.users.lockForUpdate(tx, user.id))) throw factorNotFound();
      const mine = await this.factors.findOfUser(user.id, tx);
      if (phone) refuseVerifiedPhone(mine, phone);
      checkEnrolment(mine, name, this.settings.mfa, user.session?.aal);
      const sealed = secret && this.cipher.seal(id, secret);
      const row = await this.factors.insert(tx, { id, userId: user.id, type, name, secret: sealed, phone }, now);
      const traits = { factor_id: id, ...(type === 'totp' ? {} : { factor_type: type }) };
      await this.audit.append(tx, now, {
        ...{ actor: auditActor(user), action: 'factor_in_progress', traits, ip: context.ip },
      });
      await this.outbox.append(tx, context, user.session?.id ?? null, factorEvent('factor.enrolled', row));
      return { id, type, friendly_name: name, ...answer };
    });
  }
}

function factorType(given: string | undefined): FactorType {
  if (given !== 'totp' && given !== 'phone' && given !== 'webauthn') throw unknownType();
  return given;
}

/** What an app shows of a site: host and port, or a scheme of its own. */
function hostOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, protocol } = new URL(url);
  return host || protocol.replace(/:$/, '');
}
