import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { NamedPasskey, PasskeyObject } from '@usher/contracts/users/passkeys.contract';
import { Database } from '@usher/database/database';
import type { UserRow } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { auditActor } from '../accounts/audit-actor.js';
import { CurrentUserService } from '../accounts/current-user.service.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { needsAal2 } from '../factors/factor.js';
import { checkName, passkeyEvent, toPasskeyObject } from './passkey.js';
import { insufficientAal, passkeyNotFound } from './passkeys.errors.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** Looking after passkeys, one's own or, for administrators, anybody's (mfa-and-passkeys.md §9.5, §9.6). */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: Database,
    private readonly current: CurrentUserService,
    private readonly users: UsersRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async list(bearer: Bearer): Promise<PasskeyObject[]> {
    const { id } = await this.current.load(bearer);
    return (await this.passkeys.findOfUser(id)).map(toPasskeyObject);
  }

  async rename(
    { bearer, passkeyId, friendlyName }: NamedPasskey & { friendlyName?: string },
    context: RequestContext,
  ): Promise<PasskeyObject> {
    const user = await this.current.load(bearer);
    if (!passkeyId) throw passkeyNotFound();
    const name = checkName(friendlyName);
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const before = (await this.passkeys.findOfUser(user.id, tx)).find(({ id }) => id === passkeyId);
      const row = before && (await this.passkeys.rename(tx, passkeyId, user.id, name, now));
      if (!row) throw passkeyNotFound();
      const traits = { passkey_id: row.id };
      await this.audit.append(tx, now, {
        ...{ actor: auditActor(user), action: 'passkey_updated', traits, ip: context.ip },
      });
      const previous = { friendly_name: before.friendly_name };
      await this.outbox.append(tx, context, bearer.sessionId, passkeyEvent('passkey.renamed', row, { previous }));
      return toPasskeyObject(row);
    });
  }

  async remove({ bearer, passkeyId }: NamedPasskey, context: RequestContext): Promise<void> {
    const user = await this.current.load(bearer);
    if (needsAal2(user.factors, user.session?.aal)) throw insufficientAal();
    await this.delete(user, passkeyId, {}, bearer.sessionId, context);
  }

  async listOf(userId: string): Promise<PasskeyObject[]> {
    await this.user(userId);
    return (await this.passkeys.findOfUser(userId)).map(toPasskeyObject);
  }

  async removeOf(userId: string, passkeyId: string | null, context: RequestContext): Promise<void> {
    await this.delete(await this.user(userId), passkeyId, { user_id: userId }, null, context);
  }

  private async delete(
    user: UserRow,
    passkeyId: string | null,
    whose: { user_id?: string },
    sessionId: string | null,
    context: RequestContext,
  ): Promise<void> {
    if (!passkeyId) throw passkeyNotFound();
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const row = await this.passkeys.remove(tx, passkeyId, user.id);
      if (!row) throw passkeyNotFound();
      const traits = { ...(whose as { user_id: string }), passkey_id: row.id };
      await this.audit.append(tx, now, {
        ...{ actor: auditActor(user), action: 'passkey_deleted', traits, ip: context.ip },
      });
      await this.outbox.append(tx, context, sessionId, passkeyEvent('passkey.removed', row));
    });
  }

  private async user(userId: string): Promise<UserRow> {
    const user = await this.users.findById(userId);
    if (!user) throw new AuthError('user_not_found', 'User not found');
    return user;
  }
}
