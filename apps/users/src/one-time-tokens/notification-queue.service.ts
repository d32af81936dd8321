import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import { MESSAGES_POKE, type QueuedNotification } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { statement } from '@usher/database/statement';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

export type NewNotification = Omit<QueuedNotification, 'context'>;

/** After that nobody wants to hear of it any more. */
const LIFETIME_MS = 24 * 3600 * 1000;

const insert = statement(
  'messages.insert',
  `INSERT INTO auth_events.messages (id, kind, payload, created_at, next_attempt_at, expires_at)
   VALUES ($1, 'email', $2, $3, $3, $4)`,
);

/** Which switch each notification has (accounts.md §11.2). */
const SWITCHES = {
  password_changed_notification: 'passwordChanged',
  email_changed_notification: 'emailChanged',
  phone_changed_notification: 'phoneChanged',
  identity_linked_notification: 'identityLinked',
  identity_unlinked_notification: 'identityUnlinked',
  mfa_factor_enrolled_notification: 'mfaFactorEnrolled',
  mfa_factor_unenrolled_notification: 'mfaFactorUnenrolled',
} as const;

/** Mails that tell of a change: written with the change, sent later, so that a mail server that is down loses none and fails nothing. */
@Injectable()
export class NotificationQueue {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  /** Nothing happens where the notification is switched off or there is nobody to write to. */
  async append(tx: Transaction, message: NewNotification, request: RequestContext, now: Date): Promise<void> {
    const wanted = this.settings.mailer.notifications[SWITCHES[message.notification]];
    if (!wanted || !message.to) return;
    const expires = new Date(now.getTime() + LIFETIME_MS);
    const { ip, redirectTo, externalUrl } = request;
    const queued: QueuedNotification = { ...message, context: { ip, redirectTo, externalUrl } };
    await tx.run(insert, [randomUUID(), jsonParameter(queued), now, expires]);
    tx.afterCommit(() => {
      if (!this.nats.isClosed()) this.nats.publish(MESSAGES_POKE);
    });
  }
}
