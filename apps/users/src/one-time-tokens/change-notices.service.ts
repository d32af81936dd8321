import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { Transaction } from '@usher/database/database';
import type { UserRow } from '@usher/database/users/user-row';
import type { ChangedIdentities } from '../identities/changed-identities.js';
import { NotificationQueue } from './notification-queue.service.js';

/** Mails that tell of changed addresses (mail-and-sms.md §2.3): the old address hears of a new one, the e-mail address of a new number. */
@Injectable()
export class ChangeNotices {
  constructor(private readonly notifications: NotificationQueue) {}

  async append(
    tx: Transaction,
    { email: oldEmail, phone: oldPhone }: UserRow,
    user: UserObject,
    identities: ChangedIdentities,
    context: RequestContext,
    now: Date,
  ): Promise<void> {
    if (oldEmail && user.email && oldEmail !== user.email) {
      const message = { notification: 'email_changed_notification', to: oldEmail, user } as const;
      await this.notifications.append(tx, { ...message, variables: { OldEmail: oldEmail } }, context, now);
    }
    if (oldPhone && user.phone && oldPhone !== user.phone) {
      const message = { notification: 'phone_changed_notification', to: user.email, user } as const;
      const variables = { OldPhone: oldPhone, Phone: user.phone };
      await this.notifications.append(tx, { ...message, variables }, context, now);
    }
    if (identities.created.some(({ provider }) => provider === 'phone')) {
      const message = { notification: 'identity_linked_notification', to: user.email, user } as const;
      await this.notifications.append(tx, { ...message, variables: { Provider: 'phone' } }, context, now);
    }
  }
}
