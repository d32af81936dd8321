import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { PkceParameters } from '@usher/contracts/sign-in';
import type { JsonObject } from '@usher/contracts/user-object';
import type { CodeRequested, RequestOtpInput } from '@usher/contracts/users/one-time-tokens.contract';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { checkChannel, normalizeEmail, normalizePhone } from '../accounts/address.js';
import { checkPkce, flowFor } from '../accounts/pkce.js';
import { SignUpService } from '../accounts/sign-up.service.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { CodeRequests } from './code-requests.service.js';
import { CodeSender } from './code-sender.service.js';
import { generatePassword } from './generated-password.js';
import { invalid, unprocessable } from './one-time-tokens.errors.js';

export type MagicLinkInput = PkceParameters & { email?: string; data?: JsonObject | null };

/** Signing in without a password (accounts.md §18); whoever is new is signed up on the way. */
@Injectable()
export class SignInCodes {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly signUps: SignUpService,
    private readonly codes: CodeSender,
    private readonly requests: CodeRequests,
  ) {}

  async requestOtp(input: RequestOtpInput, context: RequestContext): Promise<CodeRequested> {
    const { email, phone, channel, createUser } = input;
    if (email && phone) throw invalid('Only an email address or phone number should be provided');
    if (email && channel) throw invalid('Channel should only be specified with Phone OTP');
    checkPkce(input);
    if (!createUser && !(await this.isKnown(input, context)))
      throw new AuthError('otp_disabled', 'Signups not allowed for otp');
    if (email) return this.requestMagicLink(input, context);
    if (phone) return this.requestSms(phone, input, context);
    throw invalid('One of email or phone must be set');
  }

  async requestMagicLink(input: MagicLinkInput, context: RequestContext): Promise<CodeRequested> {
    const { email: provider } = this.settings.external;
    if (!provider.enabled) throw new AuthError('email_provider_disabled', 'Email logins are disabled');
    if (!provider.magicLinkEnabled) throw new AuthError('email_provider_disabled', 'Login with magic link is disabled');
    if (!input.email) throw unprocessable('Password recovery requires an email');
    const email = normalizeEmail(input.email);
    checkPkce(input);
    const { autoconfirm } = this.settings.mailer;
    const user = await this.users.findByEmail(context.audience, email);
    // Under autoconfirm an account that waits for its confirmation gets the link: using it confirms the address.
    if (user && (user.email_confirmed_at || autoconfirm)) return this.mailLink(user, input, context);
    const { codeChallenge, codeChallengeMethod, data } = input;
    const password = this.unknownPassword();
    const outcome = await this.signUps.signUp({ email, password, data, codeChallenge, codeChallengeMethod }, context);
    // The mail that asks to confirm the address is the sign-in mail.
    if ('body' in outcome) return { body: {}, flow: outcome.flow };
    const created = await this.users.findByEmail(context.audience, email);
    return created ? this.mailLink(created, input, context) : { body: {} };
  }

  private async mailLink(
    user: UserWithAssociations,
    input: MagicLinkInput,
    context: RequestContext,
  ): Promise<CodeRequested> {
    const pkce = Boolean(input.codeChallenge);
    const code = await this.codes.prepareEmail({ action: 'magiclink', user: toUserObject(user), pkce, context });
    const audit = { action: 'user_recovery_requested' } as const;
    const body = await this.requests.store({ user, code, audit, news: 'user.recovery_requested' }, context);
    return { body, flow: flowFor(input, user.id, 'magiclink', 'magiclink') };
  }

  private async requestSms(given: string, input: RequestOtpInput, context: RequestContext): Promise<CodeRequested> {
    const { external, sms, hooks } = this.settings;
    if (!external.phone.enabled)
      throw new AuthError('phone_provider_disabled', 'Unsupported phone provider', { status: 400 });
    const phone = normalizePhone(given);
    const channel = checkChannel(input.channel, { provider: sms.provider, hookEnabled: hooks.sendSms.enabled });
    const user = await this.users.findByPhone(context.audience, phone);
    if (user && (user.phone_confirmed_at || sms.autoconfirm)) return this.sendSms(user, phone, channel, context);
    const { data } = input;
    await this.signUps.signUp({ phone, password: this.unknownPassword(), data, channel }, context);
    const created = sms.autoconfirm && (await this.users.findByPhone(context.audience, phone));
    return created ? this.sendSms(created, phone, channel, context) : { body: {} };
  }

  private async sendSms(
    user: UserWithAssociations,
    phone: string,
    channel: string,
    context: RequestContext,
  ): Promise<CodeRequested> {
    const code = await this.codes.prepareSms('confirmation', toUserObject(user), phone, channel, context);
    const audit = { action: 'user_recovery_requested', traits: { channel } } as const;
    return { body: await this.requests.store({ user, code, audit, news: 'user.recovery_requested' }, context) };
  }

  /** An address that is none counts as unknown. */
  private async isKnown({ email, phone }: RequestOtpInput, { audience }: RequestContext): Promise<boolean> {
    try {
      if (email) return Boolean(await this.users.findByEmail(audience, normalizeEmail(email)));
      if (phone) return Boolean(await this.users.findByPhone(audience, normalizePhone(phone)));
      return true;
    } catch (error) {
      if (error instanceof AuthError) return false;
      throw error;
    }
  }

  private unknownPassword(): string {
    const { requiredCharacters, minLength } = this.settings.password;
    return generatePassword(requiredCharacters, minLength, randomInt);
  }
}
