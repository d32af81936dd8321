import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignIn } from '@usher/contracts/sign-in';
import type { JsonObject } from '@usher/contracts/user-object';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { draftUserObject } from './draft-account.js';
import { NewAccounts } from './new-account.service.js';
import { UserCreationHooks } from './user-creation-hooks.service.js';

/** POST /signup without an address (accounts.md §15.6). */
@Injectable()
export class AnonymousSignUpService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly accounts: NewAccounts,
    private readonly hooks: UserCreationHooks,
    private readonly clock: Clock,
  ) {}

  async signUp(data: JsonObject | null | undefined, context: RequestContext): Promise<{ signIn: SignIn }> {
    if (!this.settings.external.anonymousUsers.enabled)
      throw new AuthError('anonymous_provider_disabled', 'Anonymous sign-ins are disabled');
    if (this.settings.site.disableSignup)
      throw new AuthError('signup_disabled', 'Signups not allowed for this instance');
    const now = this.clock.now();
    const user = {
      id: this.accounts.newId(),
      aud: context.audience,
      role: this.accounts.defaultRole,
      encryptedPassword: '',
      appMetadata: {},
      userMetadata: data ?? {},
      isAnonymous: true,
      lastSignInAt: now,
    };
    await this.hooks.before(draftUserObject({ user }, now), context);
    const account = await this.database.transaction((tx) => this.accounts.insert(tx, { user }, context, now));
    const shown = toUserObject(account);
    await this.hooks.after(shown, context);
    return { signIn: { user: shown, method: 'anonymous', isSsoUser: false } };
  }
}
