import type { EmailAction, Notification } from '@usher/contracts/messenger/messages.contract';

/** The words of one built-in mail; templates, with the variables of mail-and-sms.md §2.4. */
export interface Wording {
  subject: string;
  /** Where it is another than the subject. */
  heading?: string;
  text: string;
  /** On the button that carries the link. */
  button?: string;
  /** What to do about it when one did not expect the mail. */
  advice?: string;
}

/** All built-in mails in one language. */
export type Wordings = Readonly<Record<EmailAction | Notification, Wording>>;
