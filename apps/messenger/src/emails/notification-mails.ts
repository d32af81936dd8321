import type { Notification } from '@usher/contracts/messenger/messages.contract';
import type { MAIL_KINDS } from '@usher/runtime/settings/mailer';
import { page, type MailTemplate } from './default-templates.js';

export interface NotificationMail {
  /** Names its subject and template in the settings. */
  kind: (typeof MAIL_KINDS)[number];
  template: MailTemplate;
}

const NOT_YOU = 'If this was not you, please get in touch with support at once.';

function mail(kind: NotificationMail['kind'], subject: string, sentence: string, advice = NOT_YOU): NotificationMail {
  return {
    kind,
    template: { subject, html: page(subject, sentence, `<p style="margin:0;font-size:15px">${advice}</p>`) },
  };
}

/** The built-in mails that tell of a change to an account (mail-and-sms.md §2.3). */
export const NOTIFICATION_MAILS: Readonly<Record<Notification, NotificationMail>> = {
  password_changed_notification: mail(
    'passwordChangedNotification',
    'Your password was changed',
    'Your account has a new password.',
    `If this was not you, choose another password now. ${NOT_YOU}`,
  ),
  email_changed_notification: mail(
    'emailChangedNotification',
    'Your email address was changed',
    'Your account used {{ .OldEmail }} until now, and uses {{ .Email }} from now on.',
  ),
  phone_changed_notification: mail(
    'phoneChangedNotification',
    'Your phone number was changed',
    'Your account used the number {{ .OldPhone }} until now, and uses {{ .Phone }} from now on.',
  ),
  identity_linked_notification: mail(
    'identityLinkedNotification',
    'A new sign-in method was linked to your account',
    'The account of {{ .Email }} can now be entered with {{ .Provider }}.',
  ),
  identity_unlinked_notification: mail(
    'identityUnlinkedNotification',
    'A sign-in method was removed from your account',
    'The account of {{ .Email }} can no longer be entered with {{ .Provider }}.',
  ),
  mfa_factor_enrolled_notification: mail(
    'mfaFactorEnrolledNotification',
    'A new verification method was added to your account',
    'Your account now also asks for a verification by {{ .FactorType }}.',
  ),
  mfa_factor_unenrolled_notification: mail(
    'mfaFactorUnenrolledNotification',
    'A verification method was removed from your account',
    'Your account no longer asks for a verification by {{ .FactorType }}.',
  ),
};
