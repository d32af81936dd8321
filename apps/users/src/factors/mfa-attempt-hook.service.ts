import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { endSessions } from '@usher/contracts/tokens/sessions.contract';
import { HookCaller } from '@usher/hooks/hook-caller';
import type { MfaVerificationOutput } from '@usher/hooks/payloads';
import { RpcClient } from '@usher/messaging/rpc-client';
import type { FactorRow } from './factor.entity.js';
import { attemptRejected } from './factors.errors.js';

const REFUSED = 'Further MFA verification attempts will be rejected.';

/** The operator's say in codes of apps and phones (hooks.md §6.2). */
@Injectable()
export class MfaAttemptHook {
  constructor(
    private readonly hooks: HookCaller,
    private readonly rpc: RpcClient,
  ) {}

  /** Told of right and wrong codes. When it refuses, all sessions of the user end. */
  async check(factor: FactorRow, valid: boolean, context: RequestContext): Promise<void> {
    if (!this.hooks.isEnabled('mfa_verification_attempt')) return;
    const { user_id: userId, id, factor_type } = factor;
    const payload = { user_id: userId, factor_id: id, factor_type, valid };
    const verdict = await this.hooks.call<MfaVerificationOutput | null>('mfa_verification_attempt', payload, context);
    if (verdict?.decision !== 'reject') return;
    const ended = { userId, keepSessionId: null, reason: 'mfa_attempt_rejected' };
    await this.rpc.call(endSessions, ended, context);
    throw attemptRejected(verdict.message || REFUSED);
  }
}
