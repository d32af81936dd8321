import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { sendEmail, sendSms, type EmailAction } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import type { UserRow } from '@usher/database/users/user-row';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { UsersRepository } from '../accounts/users.repository.js';
import { EMAIL_PURPOSES, SMS_PURPOSES, type SmsPurpose } from './code-purposes.js';
import { generateOtp, hashCode, secondsToWait } from './one-time-code.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { testOtpFor } from './test-otp.js';

/** A code that has been sent; `store` writes it in the caller's transaction. */
export interface PreparedCode {
  store(tx: Transaction, userId: string): Promise<UserRow>;
  messageId?: string;
}

export interface EmailRequest {
  action: Exclude<EmailAction, 'email_change'>;
  user: UserObject;
  pkce: boolean;
  context: RequestContext;
  /** Administrators are not held to the gap between two mails. */
  unlimited?: boolean;
}

/** Makes codes, sends them, and only then lets them be stored: the client is told at once when sending failed. */
@Injectable()
export class CodeSender {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rpc: RpcClient,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly clock: Clock,
  ) {}

  /** Sends the mail of an action to the user's own address (accounts.md §10, §11). */
  async prepareEmail({ action, user, pkce, context, unlimited }: EmailRequest): Promise<PreparedCode> {
    const purpose = EMAIL_PURPOSES[action];
    const sentAt = (user[purpose.sentAt] as string | undefined) ?? null;
    if (!unlimited) this.checkGap(sentAt, this.settings.smtp.maxFrequency, 'over_email_send_rate_limit');
    const otp = this.newOtp(this.settings.mailer.otpLength);
    const tokenHash = hashCode(user.email, otp, pkce);
    await this.rpc.call(sendEmail, { action, user, to: user.email, secret: { otp, tokenHash } }, context);
    return {
      store: async (tx, userId) => {
        const now = this.clock.now();
        await this.tokens.put(tx, { userId, type: purpose.type, hash: tokenHash, relatesTo: user.email }, now);
        const invited = action === 'invite' ? { invited_at: now } : {};
        return this.users.update(tx, userId, { [purpose.column]: tokenHash, [purpose.sentAt]: now, ...invited }, now);
      },
    };
  }

  /** Sends a text message to `phone`; numbers with a test code get none (accounts.md §11.5). */
  async prepareSms(
    purpose: SmsPurpose,
    user: UserObject,
    phone: string,
    channel: string,
    context: RequestContext,
  ): Promise<PreparedCode> {
    const { type, column, sentAt, name } = SMS_PURPOSES[purpose];
    const now = this.clock.now();
    this.checkGap(
      (user[sentAt] as string | undefined) ?? null,
      this.settings.sms.maxFrequency,
      'over_sms_send_rate_limit',
    );
    const testOtp = testOtpFor(this.settings.sms, phone, now);
    const otp = testOtp ?? this.newOtp(this.settings.sms.otpLength);
    if (!testOtp) await this.rpc.call(sendSms, { user, phone, channel, otp, purpose: name }, context);
    const hash = hashCode(phone, otp);
    const pending = purpose === 'phone_change' ? { phone_change: phone } : {};
    return {
      // Only test numbers name a message: the reference loses the provider's id (accounts.md §11.5).
      messageId: testOtp ? 'test-otp' : undefined,
      store: async (tx, userId) => {
        await this.tokens.put(tx, { userId, type, hash, relatesTo: phone }, now);
        return this.users.update(tx, userId, { [column]: hash, [sentAt]: now, ...pending }, now);
      },
    };
  }

  newOtp(length: number): string {
    return generateOtp(length, randomInt);
  }

  checkGap(
    sentAt: string | null,
    gapMs: number,
    code: 'over_email_send_rate_limit' | 'over_sms_send_rate_limit',
  ): void {
    const seconds = secondsToWait(sentAt, gapMs, this.clock.now());
    if (seconds !== null)
      throw new AuthError(code, `For security purposes, you can only request this after ${seconds} seconds.`);
  }
}
