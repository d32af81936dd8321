import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { SendSmsInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { SendLimit } from '../limits/send-limit.js';
import { GoTemplate } from '../templates/go-template.js';
import { chooseProvider, verifyingProvider } from './choose-provider.js';
import { SmsProviderError } from './sms-provider.js';

/** Sends text messages (mail-and-sms.md §6) through the send-sms hook, or else a provider. */
@Injectable()
export class TextMessagesService {
  private readonly limit: SendLimit;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly hooks: HookCaller,
    private readonly clock: Clock,
  ) {
    this.limit = new SendLimit(settings.rateLimits.smsSent, clock.now().getTime());
  }

  async send(input: SendSmsInput, context: RequestContext): Promise<{ messageId: string }> {
    const mfa = input.purpose === 'mfa';
    if (!mfa && !this.settings.sms.autoconfirm && !this.limit.take(this.clock.now().getTime()))
      throw new AuthError('over_sms_send_rate_limit', 'SMS rate limit exceeded');
    if (!this.hooks.isEnabled('send_sms')) return { messageId: await this.byProvider(input) };
    await this.byHook(input, context);
    return { messageId: '' };
  }

  /** @throws AuthError `otp_expired` unless Twilio Verify says that this is the code. */
  async checkCode(phone: string, code: string): Promise<void> {
    const provider = prepared('Unable to get SMS provider', () => verifyingProvider(this.settings));
    const right = await provider.isCodeOf(phone, code).catch((cause: unknown) => {
      throw codeRefused(cause);
    });
    if (!right) throw codeRefused();
  }

  private async byHook({ user, phone, otp, purpose }: SendSmsInput, context: RequestContext): Promise<void> {
    const mfa = purpose === 'mfa';
    const sms = { otp, phone, ...(mfa ? { sms_type: 'mfa' as const } : {}) };
    await this.hooks.call('send_sms', { user, sms }, context).catch((cause: unknown) => {
      throw mfa ? new AuthError('unexpected_failure', 'error invoking hook', { cause }) : cause;
    });
  }

  private async byProvider({ phone, channel, otp, purpose }: SendSmsInput): Promise<string> {
    const mfa = purpose === 'mfa';
    const { sms, mfa: factors } = this.settings;
    const provider = prepared(mfa ? 'Failed to get SMS provider' : 'Unable to get SMS provider', () =>
      chooseProvider(this.settings),
    );
    const template = mfa ? factors.phone.template : sms.template;
    const text = prepared('error generating sms template', () =>
      GoTemplate.parse(template).text({ Code: otp }, ['Code']),
    );
    return provider.send({ phone, channel, text, otp }).catch((cause: unknown) => {
      if (mfa) throw new AuthError('unexpected_failure', 'error sending message', { cause });
      if (!(cause instanceof SmsProviderError)) throw cause;
      throw new AuthError('sms_send_failed', `Error sending ${purpose} OTP to provider: ${cause.message}`, { cause });
    });
  }
}

function prepared<T>(failure: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new AuthError('unexpected_failure', failure, { cause });
  }
}

function codeRefused(cause?: unknown): AuthError {
  return new AuthError('otp_expired', 'Token has expired or is invalid', { cause });
}
