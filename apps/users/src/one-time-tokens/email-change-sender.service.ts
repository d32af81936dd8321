import { Inject, Injectable } from '@nestjs/common';
import { sendEmail, type EmailSecret } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { UsersRepository } from '../accounts/users.repository.js';
import { CodeSender, type PreparedCode } from './code-sender.service.js';
import { hashCode } from './one-time-code.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';

/** The one or two mails of a change of address (accounts.md §10.2, §17.7). */
@Injectable()
export class EmailChangeSender {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly codes: CodeSender,
    private readonly clock: Clock,
  ) {}

  async prepare(user: UserObject, newEmail: string, pkce: boolean, context: RequestContext): Promise<PreparedCode> {
    const { mailer, smtp } = this.settings;
    this.codes.checkGap(user.email_change_sent_at ?? null, smtp.maxFrequency, 'over_email_send_rate_limit');
    const next = this.secretFor(newEmail, pkce);
    const current = mailer.secureEmailChangeEnabled && user.email ? this.secretFor(user.email, pkce) : undefined;
    const mail = {
      action: 'email_change' as const,
      user: { ...user, new_email: newEmail },
      to: newEmail,
      secret: next,
      current: current && { to: user.email, secret: current },
    };
    await this.rpc.call(sendEmail, mail, context);
    return {
      store: async (tx, userId) => {
        const now = this.clock.now();
        await this.tokens.put(
          tx,
          { userId, type: 'email_change_token_new', hash: next.tokenHash, relatesTo: newEmail },
          now,
        );
        if (current) {
          const token = {
            userId,
            type: 'email_change_token_current' as const,
            hash: current.tokenHash,
            relatesTo: user.email,
          };
          await this.tokens.put(tx, token, now);
        } else {
          await this.tokens.remove(tx, userId, 'email_change_token_current');
        }
        const patch = {
          email_change: newEmail,
          email_change_token_new: next.tokenHash,
          email_change_token_current: current?.tokenHash ?? '',
          email_change_confirm_status: 0,
          email_change_sent_at: now,
        };
        return this.users.update(tx, userId, patch, now);
      },
    };
  }

  private secretFor(address: string, pkce: boolean): EmailSecret {
    const otp = this.codes.newOtp(this.settings.mailer.otpLength);
    return { otp, tokenHash: hashCode(address, otp, pkce) };
  }
}
