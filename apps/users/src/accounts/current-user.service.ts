import { Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import { JsonReply } from '@usher/contracts/rpc';
import type { SignIn } from '@usher/contracts/sign-in';
import type { JsonObject } from '@usher/contracts/user-object';
import { AuthError } from '@usher/contracts/errors';
import { Database } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import { Clock } from '@usher/runtime/clock';
import { isBanned } from './ban.js';
import { admit, type CurrentUser } from './current-user.js';
import { SignInRecorder } from './sign-in-recorder.service.js';
import { UsersRepository } from './users.repository.js';

/** The user of a bearer token. */
@Injectable()
export class CurrentUserService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly signIns: SignInRecorder,
    private readonly clock: Clock,
  ) {}

  /** One query: the user, and whether the session still exists. */
  async load(bearer: Bearer): Promise<CurrentUser> {
    return admit(await this.users.findCurrent(bearer.sub, bearer.sessionId), bearer, this.clock.now());
  }

  async get(bearer: Bearer): Promise<JsonReply> {
    return JsonReply.of(toUserObject(await this.load(bearer)));
  }

  async authenticate(bearer: Bearer): Promise<{ userId: string; sessionId: string | null }> {
    const user = await this.load(bearer);
    return { userId: user.id, sessionId: user.session?.id ?? null };
  }

  /** A sign-in that another service has proved. */
  async recordSignIn(
    userId: string,
    method: string,
    traits: JsonObject | null,
    context: RequestContext,
    notAfter?: string,
  ): Promise<SignIn> {
    const user = await this.users.findById(userId);
    if (!user) throw new AuthError('user_not_found', 'User not found');
    const now = this.clock.now();
    if (isBanned(user, now)) throw new AuthError('user_banned', 'User is banned');
    return this.database.transaction((tx) => this.signIns.record(tx, user, { method, traits, context, now, notAfter }));
  }
}
