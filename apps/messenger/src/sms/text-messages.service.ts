import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { SendSmsInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { SendLimit } from '../limits/send-limit.js';

/** Sends text messages (mail-and-sms.md §6) through the send-sms hook. */
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

  async send({ user, phone, otp, purpose }: SendSmsInput, context: RequestContext): Promise<{ messageId: string }> {
    const mfa = purpose === 'mfa';
    if (!mfa && !this.settings.sms.autoconfirm && !this.limit.take(this.clock.now().getTime()))
      throw new AuthError('over_sms_send_rate_limit', 'SMS rate limit exceeded');
    if (!this.hooks.isEnabled('send_sms')) throw new AuthError('unexpected_failure', 'Unable to get SMS provider');
    const sms = { otp, phone, ...(mfa ? { sms_type: 'mfa' as const } : {}) };
    await this.hooks.call('send_sms', { user, sms }, context);
    return { messageId: '' };
  }
}
