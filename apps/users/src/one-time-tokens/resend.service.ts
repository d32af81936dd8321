import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { CodeRequested } from '@usher/contracts/users/one-time-tokens.contract';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { normalizeEmail, normalizePhone } from '../accounts/address.js';
import { flowFor } from '../accounts/pkce.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { CodeRequests, type RequestedCode } from './code-requests.service.js';
import { CodeSender } from './code-sender.service.js';
import { EmailChangeSender } from './email-change-sender.service.js';
import { checkResend, isPending, type ResendInput, type ResendType } from './resend.js';

/** POST /resend (accounts.md §19.2): an address that is unknown, or waits for nothing, is answered like one that does. */
@Injectable()
export class ResendService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly codes: CodeSender,
    private readonly emailChanges: EmailChangeSender,
    private readonly requests: CodeRequests,
  ) {}

  async resend(input: ResendInput, context: RequestContext): Promise<CodeRequested> {
    const type = checkResend(input);
    const user = await this.find(input, context);
    if (!user || !isPending(type, user)) return { body: {} };
    const requested = await this.send(type, user, input, context);
    const body = await this.requests.store({ user, ...requested }, context);
    const method = { signup: 'email/signup', email_change: 'email_change', sms: '', phone_change: '' }[type];
    return { body, flow: method ? flowFor(input, user.id, method, method) : undefined };
  }

  private find({ email, phone }: ResendInput, { audience }: RequestContext): Promise<UserWithAssociations | undefined> {
    const { external } = this.settings;
    if (email) {
      if (!external.email.enabled)
        throw new AuthError('email_provider_disabled', 'Email logins are disabled', { status: 400 });
      return this.users.findByEmail(audience, normalizeEmail(email));
    }
    if (!external.phone.enabled)
      throw new AuthError('phone_provider_disabled', 'Phone logins are disabled', { status: 400 });
    return this.users.findByPhone(audience, normalizePhone(phone ?? ''));
  }

  private async send(
    type: ResendType,
    row: UserWithAssociations,
    input: ResendInput,
    context: RequestContext,
  ): Promise<Omit<RequestedCode, 'user'>> {
    const user = toUserObject(row);
    const pkce = Boolean(input.codeChallenge);
    switch (type) {
      case 'signup':
        return {
          code: await this.codes.prepareEmail({ action: 'signup', user, pkce, context }),
          audit: { action: 'user_confirmation_requested' },
          news: 'user.confirmation_requested',
        };
      case 'sms':
        return {
          code: await this.codes.prepareSms('confirmation', user, user.phone, 'sms', context),
          audit: { action: 'user_recovery_requested' },
          news: 'user.recovery_requested',
        };
      case 'email_change':
        return { code: await this.emailChanges.prepare(user, user.new_email ?? '', pkce, context) };
      case 'phone_change':
        return { code: await this.codes.prepareSms('phone_change', user, user.new_phone ?? '', 'sms', context) };
    }
  }
}
