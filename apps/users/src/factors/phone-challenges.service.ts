import { Inject, Injectable } from '@nestjs/common';
import { sendSms } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { toUserObject } from '@usher/database/users/user-object';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { checkChannel } from '../accounts/address.js';
import { CodeSender } from '../one-time-tokens/code-sender.service.js';
import { ChallengeWriter, withMicroseconds } from './challenge-writer.service.js';
import type { FoundFactor } from './factor-access.service.js';
import { FactorsRepository } from './factors.repository.js';

/** Codes to the phone of a factor (mfa-and-passkeys.md §4.1). */
@Injectable()
export class PhoneChallenges {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly factors: FactorsRepository,
    private readonly writer: ChallengeWriter,
    private readonly codes: CodeSender,
    private readonly cipher: ColumnCipher,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** The gap is claimed before the message goes out: of many requests at once one sends. What could not be sent is no challenge. */
  async challenge(
    found: FoundFactor,
    channel: string | undefined,
    context: RequestContext,
  ): Promise<{ id: string; at: Date }> {
    const { user, factor } = found;
    const rules = { provider: this.settings.sms.provider, hookEnabled: this.settings.hooks.sendSms.enabled };
    const via = checkChannel(channel, rules);
    const release = await this.claim(found);
    const id = this.writer.newId();
    const otp = this.codes.newOtp(this.settings.mfa.phone.otpLength);
    const phone = factor.phone ?? '';
    const message = { user: toUserObject(user), phone, channel: via, otp, purpose: 'mfa' };
    try {
      await this.rpc.call(sendSms, message, context);
    } catch (error) {
      await release();
      throw error;
    }
    return { id, at: await this.writer.write(found, { id, otpCode: this.cipher.seal(id, otp) }, true, context) };
  }

  /** @returns what gives the time back. */
  private async claim({ factor }: FoundFactor): Promise<() => Promise<unknown>> {
    const before = factor.last_challenged_at;
    const { maxFrequency } = this.settings.mfa.phone;
    this.codes.checkGap(before, maxFrequency, 'over_sms_send_rate_limit');
    const now = this.clock.now();
    const at = withMicroseconds(now);
    if (maxFrequency < MEASURABLE_MS) return () => Promise.resolve();
    if (!(await this.factors.claimChallenge(factor.id, before, at, now)))
      this.codes.checkGap(at, maxFrequency, 'over_sms_send_rate_limit');
    return () => this.factors.claimChallenge(factor.id, at, before, now);
  }
}

/** A gap that no two requests could keep is no gap: nothing is claimed, and challenges at once are all sent. */
const MEASURABLE_MS = 1;
