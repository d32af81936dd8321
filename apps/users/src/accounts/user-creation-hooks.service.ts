import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import { HookCaller } from '@usher/hooks/hook-caller';

const NEVER = '0001-01-01T00:00:00Z';

/** The operator's say in new accounts (hooks.md §6.6). */
@Injectable()
export class UserCreationHooks {
  constructor(private readonly hooks: HookCaller) {}

  /** Asks whether an account may come to be; it is shown without role and times, which it does not have yet. */
  async before(user: UserObject, context: RequestContext): Promise<void> {
    if (!this.hooks.isEnabled('before_user_created')) return;
    const prospective = { ...user, role: '', created_at: NEVER, updated_at: NEVER };
    await this.hooks.call('before_user_created', { user: prospective }, context);
  }

  /** Tells of an account that is stored. Throws the hook's error, although nothing is undone. */
  async after(user: UserObject, context: RequestContext): Promise<void> {
    if (!this.hooks.isEnabled('after_user_created')) return;
    await this.hooks.call('after_user_created', { user }, context);
  }

  /** The same with the answer that a sign-up with an address gives to any failure of the hook. */
  async afterSignUp(user: UserObject, context: RequestContext): Promise<void> {
    await this.after(user, context).catch((cause: unknown) => {
      throw new AuthError('unexpected_failure', 'Error invoking hook', { cause });
    });
  }
}
