import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import { endSessions } from '@usher/contracts/tokens/sessions.contract';
import { HookCaller } from '@usher/hooks/hook-caller';
import type { PasswordVerificationOutput } from '@usher/hooks/payloads';
import { RpcClient } from '@usher/messaging/rpc-client';

const REFUSED = 'Further password verification attempts will be rejected.';

/** The operator's say in a sign-in by password (hooks.md §6.3). */
@Injectable()
export class PasswordAttemptHook {
  constructor(
    private readonly hooks: HookCaller,
    private readonly rpc: RpcClient,
  ) {}

  /** Told of right and wrong passwords of known users. Throws `invalid_credentials` with the hook's text when it refuses. */
  async check(userId: string, valid: boolean, context: RequestContext): Promise<void> {
    if (!this.hooks.isEnabled('password_verification_attempt')) return;
    const payload = { user_id: userId, valid };
    const verdict = await this.hooks.call<PasswordVerificationOutput>(
      'password_verification_attempt',
      payload,
      context,
    );
    if (verdict.decision !== 'reject') return;
    if (verdict.should_logout_user)
      await this.rpc.call(endSessions, { userId, keepSessionId: null, reason: 'password_attempt_rejected' }, context);
    throw new AuthError('invalid_credentials', verdict.message || REFUSED);
  }
}
