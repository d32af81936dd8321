import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { checkSmsCode } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { ChallengesRepository } from './challenges.repository.js';
import { FactorAttemptsRepository } from './factor-attempts.repository.js';
import type { ChallengeRow, FactorRow } from './factor.entity.js';
import { tooManyAttempts } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';
import { MfaAttemptHook } from './mfa-attempt-hook.service.js';
import { matchingStep } from './totp.js';

/** Codes of apps and phones (mfa-and-passkeys.md §5.1, §5.2). */
@Injectable()
export class CodeChecks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly factors: FactorsRepository,
    private readonly challenges: ChallengesRepository,
    private readonly attempts: FactorAttemptsRepository,
    private readonly hook: MfaAttemptHook,
    private readonly cipher: ColumnCipher,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** Undefined for a wrong code. The attempt is counted before the code is looked at. */
  async check(
    factor: FactorRow,
    challenge: ChallengeRow,
    code: string,
    context: RequestContext,
  ): Promise<{ step?: number } | undefined> {
    const wait = await this.attempts.count(factor.user_id, this.clock.now());
    if (wait) throw tooManyAttempts(wait);
    const right =
      factor.factor_type === 'totp'
        ? await this.totp(factor, code)
        : await this.phone(factor, challenge, code, context);
    await this.hook.check(factor, right !== undefined, context);
    return right;
  }

  private async totp({ id, secret }: FactorRow, code: string): Promise<{ step: number } | undefined> {
    const stored = secret ?? '';
    const opened = this.cipher.open(id, stored);
    const step = matchingStep(opened, code, this.clock.now());
    if (this.cipher.isStale(stored)) await this.factors.storeSecret(id, stored, this.cipher.seal(id, opened));
    return step === undefined ? undefined : { step };
  }

  /** Twilio Verify keeps the codes itself. */
  private async phone(
    factor: FactorRow,
    { id, otp_code }: ChallengeRow,
    code: string,
    context: RequestContext,
  ): Promise<{ step?: number } | undefined> {
    if (this.settings.sms.provider === 'twilio_verify') {
      await this.rpc.call(checkSmsCode, { phone: factor.phone ?? '', code }, context);
      return {};
    }
    const stored = otp_code ?? '';
    const opened = this.cipher.open(id, stored);
    if (stored && equal(opened, code)) return {};
    if (stored && this.cipher.isStale(stored)) await this.challenges.storeCode(id, this.cipher.seal(id, opened));
    return undefined;
  }
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
