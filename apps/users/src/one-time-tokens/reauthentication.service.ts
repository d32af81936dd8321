import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { CodeRequested } from '@usher/contracts/users/one-time-tokens.contract';
import { toUserObject } from '@usher/database/users/user-object';
import type { UserRow } from '@usher/database/users/user-row';
import { CurrentUserService } from '../accounts/current-user.service.js';
import { CodeRequests } from './code-requests.service.js';
import { CodeSender } from './code-sender.service.js';
import { invalid } from './one-time-tokens.errors.js';

/** GET /reauthenticate (accounts.md §20.3): a code to the user's own address, e-mail before phone. */
@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly current: CurrentUserService,
    private readonly codes: CodeSender,
    private readonly requests: CodeRequests,
  ) {}

  async request(bearer: Bearer, context: RequestContext): Promise<CodeRequested> {
    const user = await this.current.load(bearer);
    refuseUnconfirmed(user);
    const shown = toUserObject(user);
    const code = shown.email
      ? await this.codes.prepareEmail({ action: 'reauthentication', user: shown, pkce: false, context })
      : await this.codes.prepareSms('reauthentication', shown, shown.phone, 'sms', context);
    const audit = { action: 'user_reauthenticate_requested' } as const;
    const news = 'user.reauthentication_requested' as const;
    return { body: await this.requests.store({ user, code, audit, news, sessionId: bearer.sessionId }, context) };
  }
}

function refuseUnconfirmed(user: UserRow): void {
  if (!user.email && !user.phone)
    throw invalid('Reauthentication requires the user to have an email or a phone number');
  if (user.email && !user.email_confirmed_at)
    throw new AuthError('email_not_confirmed', 'Please verify your email first.', { status: 422 });
  if (!user.email && !user.phone_confirmed_at)
    throw new AuthError('phone_not_confirmed', 'Please verify your phone first.', { status: 422 });
}
