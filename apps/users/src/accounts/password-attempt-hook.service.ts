import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import { endSessions } from '@usher/contracts/tokens/sessions.contract';
import { HookCaller } from '@usher/hooks/hook-caller';
import { RpcClient } from '@usher/messaging/rpc-client';

const REFUSED = 'Further password verification attempts will be rejected.';

interface Verdict {
  decision: string;
  message: string;
  should_logout_user: boolean;
}

/** The operator's say in a sign-in by password (hooks.md §6.3). */
@Injectable()
export class PasswordAttemptHook {
  constructor(
    private readonly hooks: HookCaller,
    private readonly rpc: RpcClient,
  ) {}

  /** Told of right and wrong passwords of known users. Throws `invalid_credentials` with the hook's text when it refuses. */
  async check(userId: string, valid: boolean, context: RequestContext): Promise<void> {
    if (!this.hooks.isEnabled('passwordVerificationAttempt')) return;
    const payload = { user_id: userId, valid };
    const verdict = await this.hooks.call<Verdict>('passwordVerificationAttempt', payload, context);
    if (verdict.decision !== 'reject') return;
    if (verdict.should_logout_user)
      await this.rpc.call(endSessions, { userId, keepSessionId: null, reason: 'password_attempt_rejected' }, context);
    throw new AuthError('invalid_credentials', verdict.message || REFUSED);
  }
}
