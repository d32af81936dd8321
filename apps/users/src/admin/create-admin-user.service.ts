import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { AdminUserParams } from '@usher/contracts/users/admin.contract';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { userCreated } from '../accounts/account-events.js';
import { normalizeEmail, normalizePhone } from '../accounts/address.js';
import { linkingDomains } from '../accounts/linking-domains.js';
import { NewAccounts } from '../accounts/new-account.service.js';
import type { Provider } from '../accounts/sign-up.js';
import { UsersRepository, type NewUser } from '../accounts/users.repository.js';
import { identityEvents } from '../identities/changed-identities.js';
import { OwnIdentities } from '../identities/own-identities.service.js';
import { StoredPasswords } from '../passwords/stored-passwords.service.js';
import { adminEntry, userTraits } from './admin-audit.js';
import { banUntil } from './ban-duration.js';
import { checkPassword, chosenId, firstAppMetadata, firstUserMetadata } from './new-admin-user.js';
import { emailTaken, orTaken, phoneTaken } from './admin-users.errors.js';

/** POST /admin/users (accounts.md §22.6): no mail, no hook, no strength rule. */
@Injectable()
export class CreateAdminUserService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly identities: OwnIdentities,
    private readonly accounts: NewAccounts,
    private readonly passwords: StoredPasswords,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async create(params: AdminUserParams, context: RequestContext): Promise<UserObject> {
    const { email, phone } = await this.checkAddresses(params, params.aud || context.audience);
    checkPassword(params);
    const id = chosenId(params.id) ?? this.accounts.newId();
    const now = this.clock.now();
    const providers: Provider[] = [...(email ? (['email'] as const) : []), ...(phone ? (['phone'] as const) : [])];
    const user: NewUser = {
      id,
      aud: params.aud || context.audience,
      role: params.role?.trim() || this.accounts.defaultRole,
      email,
      phone,
      bannedUntil: banUntil(params.banDuration, now) ?? undefined,
      encryptedPassword: await this.storedPassword(id, params),
      appMetadata: firstAppMetadata(providers, params.appMetadata),
      userMetadata: firstUserMetadata(params.userMetadata, params.emailConfirm),
      emailConfirmedAt: params.emailConfirm ? now : undefined,
      phoneConfirmedAt: params.phoneConfirm ? now : undefined,
    };
    const account = await this.store(user, providers, context, now).catch((error: unknown) => {
      throw orTaken(error);
    });
    // The reference does not read the generated column back.
    return { ...toUserObject(account), confirmed_at: undefined };
  }

  private async checkAddresses(params: AdminUserParams, audience: string): Promise<{ email?: string; phone?: string }> {
    if (!params.email && !params.phone)
      throw new AuthError('validation_failed', 'Cannot create a user without either an email or phone');
    const email = params.email ? normalizeEmail(params.email) : undefined;
    if (email && (await this.users.findDuplicate(audience, email, linkingDomains(this.settings.experimental))))
      throw emailTaken();
    const phone = params.phone ? normalizePhone(params.phone) : undefined;
    if (phone && (await this.users.findByPhone(audience, phone))) throw phoneTaken();
    return { email, phone };
  }

  /** Without a password one that nobody knows: the account has one, as in the reference. */
  private async storedPassword(id: string, { password, passwordHash }: AdminUserParams): Promise<string> {
    return passwordHash || this.passwords.seal(id, password || randomBytes(48).toString('base64url'));
  }

  private store(
    user: NewUser,
    providers: readonly Provider[],
    context: RequestContext,
    now: Date,
  ): Promise<UserWithAssociations> {
    return this.database.transaction(async (tx) => {
      const row = await this.users.insert(tx, user, now);
      const addresses = providers.map((provider) => ({ provider, address: user[provider] ?? '', verified: false }));
      const identities = await this.identities.put(tx, user.id, [], addresses, now);
      const account = { ...row, identities: identities.all, factors: [] };
      await this.audit.append(
        tx,
        now,
        adminEntry(context, 'user_signedup', { ...userTraits(row), provider: providers[0] ?? '' }),
      );
      const events = [userCreated(toUserObject(account)), ...identityEvents(identities)];
      await this.outbox.append(tx, context, null, ...events);
      return account;
    });
  }
}
