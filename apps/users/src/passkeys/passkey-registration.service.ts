import { Inject, Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { PasskeyAnswer, PasskeyCeremony, PasskeyObject } from '@usher/contracts/users/passkeys.contract';
import { Database } from '@usher/database/database';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { auditActor } from '../accounts/audit-actor.js';
import type { CurrentUser } from '../accounts/current-user.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { FactorAccess } from '../factors/factor-access.service.js';
import { needsAal2 } from '../factors/factor.js';
import { readRegistration } from '../webauthn/client-response.js';
import { creationOptions } from '../webauthn/options.js';
import { verifyRegistration, type NewCredential } from '../webauthn/verify-registration.js';
import { PasskeyCeremonies } from './passkey-ceremonies.service.js';
import { nameOf, passkeyEvent, toPasskeyObject } from './passkey.js';
import {
  credentialExists,
  insufficientAal,
  notVerified,
  ssoUser,
  tooManyPasskeys,
  unreadable,
} from './passkeys.errors.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** Adding a passkey to one's account (mfa-and-passkeys.md §9.1, §9.2). */
@Injectable()
export class PasskeyRegistration {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly access: FactorAccess,
    private readonly users: UsersRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async start(bearer: Bearer): Promise<PasskeyCeremony> {
    const user = await this.admit(bearer);
    const known = await this.passkeys.findOfUser(user.id);
    if (known.length >= this.settings.passkeys.maxPasskeysPerUser) throw tooManyPasskeys();
    const name = user.email || user.phone || '';
    const shownAs = user.raw_user_meta_data?.name;
    const displayName = typeof shownAs === 'string' && shownAs ? shownAs : name;
    return this.ceremonies.start('registration', user.id, (rp, challenge) =>
      creationOptions(rp, { id: user.id, name, displayName }, challenge, {
        exclude: known.map(({ credential_id }) => ({ id: credential_id.toString('base64url') })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        attestation: 'none',
      }),
    );
  }

  async admit(bearer: Bearer): Promise<CurrentUser> {
    const user = await this.access.caller(bearer);
    if (user.is_sso_user) throw ssoUser();
    if (needsAal2(user.factors, user.session?.aal)) throw insufficientAal();
    return user;
  }

  async finish(bearer: Bearer, answer: PasskeyAnswer, context: RequestContext): Promise<PasskeyObject> {
    const user = await this.admit(bearer);
    const { ceremony, credential, rp } = await this.ceremonies.take('registration', user.id, answer);
    const response = readRegistration(credential);
    if (!response) throw unreadable();
    const made = await verifyRegistration(response, ceremony, rp);
    if (!made) throw notVerified();
    return this.write(user, made, context);
  }

  /** Behind the user's row lock: of many at once only as many are written as the limit allows. */
  private write(user: CurrentUser, made: NewCredential, context: RequestContext): Promise<PasskeyObject> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      if (!(await this.users.lockForUpdate(tx, user.id))) throw notVerified();
      const known = await this.passkeys.findOfUser(user.id, tx);
      if (known.length >= this.settings.passkeys.maxPasskeysPerUser) throw tooManyPasskeys();
      const row = await this.passkeys.insert(tx, user.id, nameOf(made.aaguid), made, now);
      if (!row) throw credentialExists();
      const traits = { passkey_id: row.id };
      await this.audit.append(tx, now, {
        ...{ actor: auditActor(user), action: 'passkey_created', traits, ip: context.ip },
      });
      await this.outbox.append(tx, context, bearerSession(user), passkeyEvent('passkey.created', row));
      return toPasskeyObject(row);
    });
  }
}

const bearerSession = ({ session }: CurrentUser): string | null => session?.id ?? null;
