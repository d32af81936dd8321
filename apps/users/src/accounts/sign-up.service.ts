import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignInOutcome } from '@usher/contracts/sign-in';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import type { SignUpInput } from '@usher/contracts/users/accounts.contract';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { CodeSender, type PreparedCode } from '../one-time-tokens/code-sender.service.js';
import { PasswordHasher } from '../passwords/password-hasher.service.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { userNews } from './account-events.js';
import { checkChannel, normalizeEmail, normalizePhone } from './address.js';
import { auditActor } from './audit-actor.js';
import { nthEntry } from './audit-order.js';
import { linkingDomains } from './linking-domains.js';
import { draftUserObject, type DraftAccount } from './draft-account.js';
import { withoutNulls } from './metadata.js';
import { NewAccounts } from './new-account.service.js';
import { checkPkce, flowFor } from './pkce.js';
import { checkSignUp, obfuscatedUser, signUpIdentityData, type Provider } from './sign-up.js';
import { isUniqueViolation } from './unique-violation.js';
import { UserCreationHooks } from './user-creation-hooks.service.js';
import { UsersRepository } from './users.repository.js';

interface Request {
  input: SignUpInput;
  provider: Provider;
  address: string;
  channel: string;
  context: RequestContext;
}

/** POST /signup with an address (accounts.md §15.3). */
@Injectable()
export class SignUpService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly hasher: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly codes: CodeSender,
    private readonly hooks: UserCreationHooks,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async signUp(input: SignUpInput, context: RequestContext): Promise<SignInOutcome> {
    const request = { ...(await this.check(input)), input, context };
    const existing = await this.findExisting(request);
    if (existing) return this.signUpAgain(request, existing);
    try {
      return await this.create(request);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Somebody signed the same address up at the same moment; whoever else holds it is not told.
      const faster = await this.findExisting(request);
      return faster ? this.signUpAgain(request, faster) : this.repeated(request, undefined);
    }
  }

  private async check(input: SignUpInput): Promise<Pick<Request, 'provider' | 'address' | 'channel'>> {
    if (this.settings.site.disableSignup)
      throw new AuthError('signup_disabled', 'Signups not allowed for this instance');
    if (!input.password) checkSignUp(input);
    await this.policy.enforce(input.password ?? '');
    const provider = checkSignUp(input);
    const { external, sms, hooks } = this.settings;
    const channel =
      provider === 'phone'
        ? checkChannel(input.channel, { provider: sms.provider, hookEnabled: hooks.sendSms.enabled })
        : '';
    checkPkce(input);
    if (provider === 'email' && !external.email.enabled)
      throw new AuthError('email_provider_disabled', 'Email signups are disabled', { status: 400 });
    if (provider === 'phone' && !external.phone.enabled)
      throw new AuthError('phone_provider_disabled', 'Phone signups are disabled', { status: 400 });
    const address = provider === 'email' ? normalizeEmail(input.email ?? '') : normalizePhone(input.phone ?? '');
    return { provider, address, channel };
  }

  private findExisting({ provider, address, context }: Request): Promise<UserWithAssociations | undefined> {
    if (provider === 'phone') return this.users.findByPhone(context.audience, address);
    return this.users.findDuplicate(context.audience, address, linkingDomains(this.settings.experimental));
  }

  private autoconfirm(provider: Provider): boolean {
    return provider === 'email' ? this.settings.mailer.autoconfirm : this.settings.sms.autoconfirm;
  }

  private async create(request: Request): Promise<SignInOutcome> {
    const { input, provider, context } = request;
    const encryptedPassword = await this.hasher.hash(input.password ?? '');
    const draft = this.draft(request, encryptedPassword);
    const unsaved = draftUserObject(draft, this.clock.now());
    await this.hooks.before({ ...unsaved, user_metadata: input.data ?? {}, identities: [] }, context);
    if (this.autoconfirm(provider)) return this.createConfirmed(request, draft);
    const code = await this.sendCode(request, unsaved);
    const now = this.clock.now();
    const user = await this.database.transaction(async (tx) => {
      const account = await this.accounts.insert(tx, draft, context, now, (t, id) => code.store(t, id));
      await this.audit.append(tx, now, {
        actor: auditActor(account),
        action: 'user_confirmation_requested',
        traits: { provider },
      });
      return toUserObject(account);
    });
    await this.hooks.afterSignUp(user, context);
    return { body: user, flow: flowFor(input, user.id, 'email/signup', 'email') };
  }

  private draft({ input, provider, address, context }: Request, encryptedPassword: string): DraftAccount {
    const id = this.accounts.newId();
    const data = signUpIdentityData(id, provider, address, input.data);
    return {
      user: {
        id,
        aud: context.audience,
        role: this.accounts.defaultRole,
        [provider]: address,
        encryptedPassword,
        appMetadata: { provider, providers: [provider] },
        userMetadata: withoutNulls(data),
      },
      identity: { id: randomUUID(), provider, data },
    };
  }

  private async createConfirmed({ provider, channel, context }: Request, draft: DraftAccount): Promise<SignInOutcome> {
    const now = this.clock.now();
    const email = provider === 'email';
    const user = {
      ...draft.user,
      lastSignInAt: now,
      ...(email
        ? { emailConfirmedAt: now, userMetadata: { ...draft.user.userMetadata, email_verified: true } }
        : { phoneConfirmedAt: now }),
    };
    const account = await this.database.transaction(async (tx) => {
      const stored = await this.accounts.insert(tx, { ...draft, user }, context, now);
      const actor = auditActor(stored);
      const traits: JsonObject = email ? { provider } : { provider, channel };
      await this.audit.append(tx, now, { actor, action: 'user_signedup', traits });
      await this.audit.append(tx, nthEntry(now, 1), { actor, action: 'login', traits: { provider } });
      return stored;
    });
    return { signIn: { user: justConfirmed(toUserObject(account), email), method: 'password', isSsoUser: false } };
  }

  private async signUpAgain(request: Request, existing: UserWithAssociations): Promise<SignInOutcome> {
    const { provider, input, context } = request;
    const confirmed = provider === 'email' ? existing.email_confirmed_at : existing.phone_confirmed_at;
    // Under autoconfirm a session would go to whoever asks: only an account made by this very request gets one.
    if (confirmed || this.autoconfirm(provider)) {
      // A new account takes the time of a hash.
      await this.hasher.pretendToVerify(input.password ?? '');
      return this.repeated(request, existing);
    }
    const code = await this.sendCode(request, toUserObject(existing));
    const now = this.clock.now();
    const row = await this.database.transaction(async (tx) => {
      await this.users.lockForUpdate(tx, existing.id);
      const stored = await code.store(tx, existing.id);
      await this.audit.append(tx, now, {
        actor: auditActor(existing),
        action: 'user_confirmation_requested',
        traits: { provider },
      });
      const user = toUserObject({ ...existing, ...stored });
      await this.outbox.append(tx, context, null, userNews('user.confirmation_requested', user));
      return user;
    });
    await this.hooks.afterSignUp(row, context);
    // Somebody invited is not shown to whoever guesses the address.
    const body = row.invited_at ? { ...row, user_metadata: {}, identities: [] } : row;
    return { body, flow: flowFor(input, row.id, 'email/signup', 'email') };
  }

  private async repeated(
    { provider, address, input, context }: Request,
    existing: UserWithAssociations | undefined,
  ): Promise<SignInOutcome> {
    const now = this.clock.now();
    if (existing) {
      await this.database.transaction(async (tx) => {
        await this.audit.append(tx, now, {
          actor: auditActor(existing),
          action: 'user_repeated_signup',
          traits: { provider },
        });
        await this.outbox.append(tx, context, null, userNews('user.signup_repeated', toUserObject(existing)));
      });
    }
    if (this.settings.mailer.autoconfirm || this.settings.sms.autoconfirm)
      throw new AuthError('user_already_exists', 'User already registered');
    return { body: obfuscatedUser(randomUUID(), context.audience, provider, address, input.data, now) };
  }

  private sendCode({ provider, address, channel, input, context }: Request, user: UserObject): Promise<PreparedCode> {
    if (provider === 'phone') return this.codes.prepareSms('confirmation', user, address, channel, context);
    return this.codes.prepareEmail({ action: 'signup', user, pkce: Boolean(input.codeChallenge), context });
  }
}

/** What the reference answers in the request that confirms: `confirmed_at` not yet read back, the identity shown as verified. */
function justConfirmed(user: UserObject, email: boolean): UserObject {
  const identities = user.identities?.map((identity) =>
    email ? { ...identity, identity_data: { ...identity.identity_data, email_verified: true } } : identity,
  );
  return { ...user, confirmed_at: undefined, identities: identities ?? null };
}
