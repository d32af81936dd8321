import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@usher/contracts/events/event';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject, UserObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import type { IdentityRow, UserWithAssociations } from '@usher/database/users/user-row';
import { identityEvent } from '../accounts/account-events.js';
import { IdentitiesRepository } from '../accounts/identities.repository.js';
import { NotificationQueue } from './queue-notification.js';
import type { Effect } from './verification-effect.js';

export interface WrittenIdentities {
  identities: IdentityRow[];
  /** With the providers as they are now. */
  appMetadata: JsonObject;
  events: NewEvent[];
  /** The provider of an identity that did not exist before. */
  linked?: string;
}

/** What a confirmed address changes besides the user's row: identities, and mails that tell of it. */
@Injectable()
export class ConfirmedIdentities {
  constructor(
    private readonly rows: IdentitiesRepository,
    private readonly notifications: NotificationQueue,
  ) {}

  async write(tx: Transaction, user: UserWithAssociations, effect: Effect, now: Date): Promise<WrittenIdentities> {
    const events: NewEvent[] = [];
    const identities = [...user.identities];
    if (effect.verifiesIdentities) {
      for (const [i, identity] of identities.entries()) {
        if (!user.email || identity.email !== user.email) continue;
        identities[i] = await this.rows.merge(tx, identity.id, { email_verified: true }, now);
        events.push(identityEvent('identity.updated', identities[i]));
      }
    }
    const linked = effect.identity && (await this.writeOwn(tx, user, effect.identity, identities, events, now));
    return { identities, events, linked, appMetadata: { ...user.raw_app_meta_data, ...providersOf(identities) } };
  }

  private async writeOwn(
    tx: Transaction,
    user: UserWithAssociations,
    { provider, data }: NonNullable<Effect['identity']>,
    identities: IdentityRow[],
    events: NewEvent[],
    now: Date,
  ): Promise<string | undefined> {
    const index = identities.findIndex(
      (identity) => identity.provider === provider && identity.provider_id === user.id,
    );
    const own = identities[index];
    if (own) {
      identities[index] = await this.rows.merge(tx, own.id, data, now);
      events.push(identityEvent('identity.updated', identities[index]));
      return undefined;
    }
    const whole = { sub: user.id, email_verified: false, phone_verified: false, ...data };
    const made = await this.rows.insert(tx, { userId: user.id, provider, providerId: user.id, data: whole }, now);
    identities.push(made);
    events.push(identityEvent('identity.linked', made));
    return provider;
  }

  /** mail-and-sms.md §2.3: the old address hears of a new one, the e-mail address of a new number. */
  async notify(
    tx: Transaction,
    before: UserWithAssociations,
    after: UserObject,
    linked: string | undefined,
    context: RequestContext,
    now: Date,
  ): Promise<void> {
    const { email: oldEmail, phone: oldPhone } = before;
    if (oldEmail && after.email && oldEmail !== after.email) {
      const message = { notification: 'email_changed_notification', to: oldEmail } as const;
      await this.notifications.append(tx, { ...message, user: after, variables: { OldEmail: oldEmail } }, context, now);
    }
    if (oldPhone && after.phone && oldPhone !== after.phone) {
      const message = { notification: 'phone_changed_notification', to: after.email } as const;
      const variables = { OldPhone: oldPhone, Phone: after.phone };
      await this.notifications.append(tx, { ...message, user: after, variables }, context, now);
    }
    if (linked === 'phone') {
      const message = { notification: 'identity_linked_notification', to: after.email } as const;
      await this.notifications.append(tx, { ...message, user: after, variables: { Provider: linked } }, context, now);
    }
  }
}

/** `provider` and `providers` of the app metadata, in order of the identities' creation. */
function providersOf(identities: readonly IdentityRow[]): JsonObject {
  const providers = [...new Set(identities.map(({ provider }) => provider))];
  return providers[0] ? { provider: providers[0], providers } : { providers };
}
