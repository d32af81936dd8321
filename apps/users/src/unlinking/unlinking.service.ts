import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { UnlinkIdentityInput } from '@usher/contracts/users/identities.contract';
import { Database, type Transaction } from '@usher/database/database';
import { toUserObject } from '@usher/database/users/user-object';
import type { IdentityRow, UserRow, UserWithAssociations } from '@usher/database/users/user-row';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { identityEvent, userChanged } from '../accounts/account-events.js';
import { auditActor } from '../accounts/audit-actor.js';
import { CurrentUserService } from '../accounts/current-user.service.js';
import { isUniqueViolation } from '../accounts/unique-violation.js';
import { UsersRepository, type UserPatch } from '../accounts/users.repository.js';
import { IdentitiesRepository } from '../identities/identities.repository.js';
import { providersOf } from '../identities/own-identity.js';
import { NotificationQueue } from '../one-time-tokens/notification-queue.service.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { inOrderOfPromotion, keepsEmail, promotedColumns } from './promoted-email.js';
import * as errors from './unlinking.errors.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** DELETE /user/identities/{identity_id} (external-providers.md §9). Sessions stay. */
@Injectable()
export class UnlinkingService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly current: CurrentUserService,
    private readonly users: UsersRepository,
    private readonly identities: IdentitiesRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly notifications: NotificationQueue,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async unlink({ bearer, identityId }: UnlinkIdentityInput, context: RequestContext): Promise<Record<string, never>> {
    const { id } = await this.current.load(bearer);
    if (!this.settings.security.manualLinkingEnabled) throw errors.linkingDisabled();
    if (!UUID.test(identityId)) throw errors.notAnId();
    if (bearer.aud[0] !== context.audience) throw errors.unexpectedAudience();
    await this.database
      .transaction(async (tx) => {
        const before = (await this.users.lockForUpdate(tx, id)) && (await this.users.findById(id, tx));
        const identity = chosen(before?.identities ?? [], identityId);
        if (before) await this.remove(tx, before, identity, bearer.sessionId, context);
      })
      .catch((error: unknown) => {
        // Somebody took the address between our look and our write.
        throw isUniqueViolation(error) ? errors.emailConflict() : error;
      });
    return {};
  }

  private async remove(
    tx: Transaction,
    before: UserWithAssociations,
    identity: IdentityRow,
    sessionId: string | null,
    context: RequestContext,
  ): Promise<void> {
    const now = this.clock.now();
    const { id, provider, provider_id } = identity;
    const traits = { identity_id: id, provider, provider_id };
    const entry = { actor: auditActor(before), action: 'identity_unlinked', traits, ip: context.ip } as const;
    await this.audit.append(tx, now, entry);
    await this.identities.remove(tx, id);
    const identities = before.identities.filter((row) => row.id !== id);
    const change = provider === 'phone' ? withoutPhone : await this.changeOfEmail(tx, before, identities);
    const metadata = { ...before.raw_app_meta_data, ...providersOf(identities) };
    const row = await this.users.update(tx, before.id, { ...change, raw_app_meta_data: metadata }, now);
    const after = toUserObject({ ...before, ...row, identities });
    await this.notify(tx, after, before.email ?? '', provider, context, now);
    const events = userChanged(toUserObject(before), after);
    await this.outbox.append(tx, context, sessionId, identityEvent('identity.unlinked', identity), ...events);
  }

  private async changeOfEmail(tx: Transaction, user: UserRow, remaining: readonly IdentityRow[]): Promise<UserPatch> {
    if (keepsEmail(user, remaining)) return {};
    for (const identity of inOrderOfPromotion(remaining)) {
      if (identity.email && (await this.users.findByEmail(user.aud ?? '', identity.email, tx))) continue;
      await this.tokens.removeAll(tx, user.id);
      return promotedColumns(user, identity, this.settings.mailer.autoconfirm);
    }
    throw errors.emailConflict();
  }

  /** To the address from before: whoever took the account over must not be the only one to hear of it. */
  private notify(
    tx: Transaction,
    user: UserObject,
    to: string,
    provider: string,
    context: RequestContext,
    now: Date,
  ): Promise<void> {
    const message = { notification: 'identity_unlinked_notification', user, to } as const;
    return this.notifications.append(tx, { ...message, variables: { Provider: provider } }, context, now);
  }
}

const withoutPhone: UserPatch = { phone: null, phone_confirmed_at: null };

function chosen(identities: readonly IdentityRow[], id: string): IdentityRow {
  if (identities.length <= 1) throw errors.lastIdentity();
  const identity = identities.find((row) => row.id === id.toLowerCase());
  if (!identity) throw errors.identityNotFound();
  return identity;
}
