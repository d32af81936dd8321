import { zeroMeans } from './adjust.js';
import { headers } from './header-values.js';
import { bool, duration, json, lenient, port, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const smtpSettings = concern({
  title: 'SMTP',
  variables: {
    host: variable({ name: 'GOTRUE_SMTP_HOST', type: str(), help: 'mail server (empty: mails are not sent)' }),
    port: variable({
      name: 'GOTRUE_SMTP_PORT',
      type: port(),
      default: 587,
      help: '465 means TLS from the start, any other port STARTTLS when offered',
    }),
    user: variable({ name: 'GOTRUE_SMTP_USER', type: str(), help: 'user name (empty: no authentication)' }),
    pass: variable({ name: 'GOTRUE_SMTP_PASS', type: str(), help: 'password' }),
    adminEmail: variable({ name: 'GOTRUE_SMTP_ADMIN_EMAIL', type: str(), help: 'From address' }),
    senderName: variable({ name: 'GOTRUE_SMTP_SENDER_NAME', type: str(), help: 'From display name' }),
    maxFrequency: variable({
      name: 'GOTRUE_SMTP_MAX_FREQUENCY',
      type: duration(),
      default: '1m',
      adjust: zeroMeans(60_000),
      help: 'least time between two mails of one kind to one user (0: the default)',
    }),
    headers: variable({
      name: 'GOTRUE_SMTP_HEADERS',
      type: lenient(json({}, headers)),
      help: 'more headers: object of name to array of values, with `$messageType`; bad JSON is ignored with a warning',
    }),
    loggingEnabled: variable({
      name: 'GOTRUE_SMTP_LOGGING_ENABLED',
      type: bool(),
      help: 'a log line for each attempt to send',
    }),
  },
});

export type SmtpSettings = ValuesOf<typeof smtpSettings>;
