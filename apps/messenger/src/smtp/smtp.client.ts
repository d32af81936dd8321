import type { Settings } from '@usher/runtime/settings/settings';
import { createTransport } from 'nodemailer';
import { composeMail } from './compose.js';
import type { Mail, MailOutlet } from './mail.js';
import { Pace } from './pace.js';

const TIMEOUT_MS = 10_000;

/** Of silence in the middle of a conversation; the library would wait ten minutes. */
const SILENCE_MS = 30_000;

/** Sends over pooled SMTP connections: TLS from the start on port 465, otherwise STARTTLS when offered (mail-and-sms.md §3.4); a setting makes it stricter. */
export function smtpOutlet({ smtp, api, usher }: Pick<Settings, 'smtp' | 'api' | 'usher'>): MailOutlet {
  const transport = createTransport({
    pool: true,
    maxConnections: usher.smtp.connections || 5,
    host: smtp.host,
    port: smtp.port,
    ...encryption(usher.smtp.tls, smtp.port),
    auth: smtp.user ? { user: smtp.user, pass: smtp.pass } : undefined,
    name: new URL(api.externalUrl).hostname,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const pace = new Pace(usher.smtp.perSecond);
  return {
    async send(mail: Mail) {
      await pace.turn();
      await transport.sendMail(await composeMail({ smtp }, mail));
    },
    close: () => transport.close(),
  };
}

function encryption(mode: Settings['usher']['smtp']['tls'], port: number) {
  const secure = mode === 'implicit' || (mode === 'auto' && port === 465);
  return { secure, requireTLS: mode === 'starttls', ignoreTLS: mode === 'none' };
}
