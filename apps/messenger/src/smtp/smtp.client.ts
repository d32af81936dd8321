import type { Settings } from '@usher/runtime/settings/settings';
import { createTransport } from 'nodemailer';
import { composeMail } from './compose.js';
import type { Mail, MailOutlet } from './mail.js';

const TIMEOUT_MS = 10_000;

/** Of silence in the middle of a conversation; the library would wait ten minutes. */
const SILENCE_MS = 30_000;

/** Sends over pooled SMTP connections: TLS from the start on port 465, otherwise STARTTLS when offered (mail-and-sms.md §3.4). */
export function smtpOutlet({ smtp, api }: Pick<Settings, 'smtp' | 'api'>): MailOutlet {
  const transport = createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.port === 465,
    auth: smtp.user ? { user: smtp.user, pass: smtp.pass } : undefined,
    name: new URL(api.externalUrl).hostname,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail: Mail) {
      await transport.sendMail(await composeMail({ smtp }, mail));
    },
    close: () => transport.close(),
  };
}
