import type { Settings } from '@usher/runtime/settings/settings';
import { createTransport } from 'nodemailer';
import type { Mail, MailOutlet } from './mail.js';

const TIMEOUT_MS = 10_000;

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
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, html, type }: Mail) {
      const from = smtp.senderName ? { name: smtp.senderName, address: smtp.adminEmail } : smtp.adminEmail;
      await transport.sendMail({ from, to: { name: '', address: to }, subject, html, headers: customHeaders(smtp.headers, type) });
    },
    close: () => transport.close(),
  };
}

function customHeaders(configured: Settings['smtp']['headers'], type: string) {
  return Object.entries(configured).flatMap(([key, values]) =>
    values.filter(Boolean).map((value) => ({ key, value: value.replaceAll('$messageType', type) })),
  );
}
