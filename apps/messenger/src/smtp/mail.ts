export interface Mail {
  to: string;
  subject: string;
  html: string;
  /** What the HTML says, for readers that show none; absent where the mail is to have one part only. */
  text?: string;
  /** Replaces `$messageType` in custom headers. */
  type: string;
}

/** Where mails go: an SMTP server, a local mailbox, or nowhere. */
export interface MailOutlet {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Token of the configured outlet. */
export const MAIL_OUTLET = Symbol('MailOutlet');
