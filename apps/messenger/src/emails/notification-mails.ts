import type { Notification } from '@usher/contracts/messenger/messages.contract';
import type { MAIL_KINDS } from '@usher/runtime/settings/mailer';

/** The subject and template of each notification in the settings (mail-and-sms.md §2.3). */
export const NOTIFICATION_MAILS: Readonly<Record<Notification, (typeof MAIL_KINDS)[number]>> = {
  password_changed_notification: 'passwordChangedNotification',
  email_changed_notification: 'emailChangedNotification',
  phone_changed_notification: 'phoneChangedNotification',
  identity_linked_notification: 'identityLinkedNotification',
  identity_unlinked_notification: 'identityUnlinkedNotification',
  mfa_factor_enrolled_notification: 'mfaFactorEnrolledNotification',
  mfa_factor_unenrolled_notification: 'mfaFactorUnenrolledNotification',
};
