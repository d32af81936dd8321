import { bool, duration, list, oneOf, port, str, uint } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const usherSettings = concern({
  title: 'Usher',
  variables: {
    natsUrl: variable({ name: 'NATS_URL', type: str(), help: 'NATS servers, parted by commas' }),
    natsServerBin: variable({
      name: 'NATS_SERVER_BIN',
      type: str(),
      help: 'nats-server program for a run without `NATS_URL` (empty: looked for)',
    }),
    dataDir: variable({
      name: 'USHER_DATA_DIR',
      type: str(),
      default: '.data',
      help: 'where the laptop run and an embedded nats-server keep their data',
    }),
    databaseNamedStatements: variable({
      name: 'USHER_DATABASE_NAMED_STATEMENTS',
      type: bool(),
      default: true,
      help: 'prepare statements by name; switch off behind a pooler in transaction mode',
    }),
    healthPort: variable({
      name: 'USHER_HEALTH_PORT',
      type: port(),
      help: "port of a service's own `/health` when it runs by itself (0: none)",
    }),
    rpcTimeout: variable({
      name: 'USHER_RPC_TIMEOUT',
      type: duration(),
      default: '10s',
      help: 'how long a service waits for the answer of another',
    }),
    rateLimitStore: variable({
      name: 'USHER_RATE_LIMIT_STORE',
      type: oneOf('memory', 'nats'),
      help: 'count requests in each process or for all of them together',
    }),
    mailboxDir: variable({
      name: 'USHER_MAILBOX_DIR',
      type: str(),
      help: 'write mails to this directory instead of sending them (empty: no)',
    }),
    mailLanguages: variable({
      name: 'USHER_MAIL_LANGUAGES',
      type: list(),
      help: 'languages of the built-in mails (`en`, `de`, `es`, `fr`), chosen by `locale` or `language` of the user metadata; the first for everybody else (empty: English)',
    }),
    mailTextOfTemplates: variable({
      name: 'USHER_MAIL_TEXT_OF_TEMPLATES',
      type: bool(),
      help: 'give mails of your own templates a text part as well, made of the HTML; the built-in mails always have one',
    }),
    smtp: {
      tls: variable({
        name: 'USHER_SMTP_TLS',
        type: oneOf('auto', 'implicit', 'starttls', 'none'),
        help: '`auto`: from the start on port 465, otherwise STARTTLS if offered; `starttls`: no mail without it',
      }),
      connections: variable({
        name: 'USHER_SMTP_CONNECTIONS',
        type: uint(),
        default: 5,
        help: 'connections to the mail server kept open by a process',
      }),
      perSecond: variable({
        name: 'USHER_SMTP_MAX_PER_SECOND',
        type: uint(),
        help: 'most mails handed to the mail server in a second, of each process; others wait (0: no limit)',
      }),
    },
    passwordHash: variable({
      name: 'USHER_PASSWORD_HASH',
      type: oneOf('bcrypt', 'argon2id'),
      help: 'hash of new passwords; both are verified',
    }),
    hashConcurrency: variable({
      name: 'USHER_HASH_CONCURRENCY',
      type: uint(),
      help: 'password hashes computed at once (0: as many as there are cores)',
    }),
    passwordHibpUrl: variable({
      name: 'USHER_PASSWORD_HIBP_URL',
      type: str(),
      default: 'https://api.pwnedpasswords.com',
      help: 'where breached passwords are looked up',
    }),
    outboundAllowedHosts: variable({
      name: 'USHER_OUTBOUND_ALLOWED_HOSTS',
      type: list(),
      help: 'hosts in private networks that may be called although somebody else chose the URL: identity providers, SAML metadata, webhooks',
    }),
    oidcDiscoveryUrls: variable({
      name: 'USHER_OIDC_DISCOVERY_URLS',
      type: list(),
      help: 'where to read the discovery document of an issuer instead of at its own address, `issuer=url,…`',
    }),
    captchaUrl: variable({
      name: 'USHER_CAPTCHA_URL',
      type: str(),
      help: "verification URL in place of the captcha provider's own",
    }),
    smsUrls: {
      twilio: smsUrl('TWILIO', 'https://api.twilio.com'),
      twilioVerify: smsUrl('TWILIO_VERIFY', 'https://verify.twilio.com'),
      messagebird: smsUrl('MESSAGEBIRD', 'https://rest.messagebird.com'),
      textlocal: smsUrl('TEXTLOCAL', 'https://api.textlocal.in'),
      vonage: smsUrl('VONAGE', 'https://rest.nexmo.com'),
    },
    lockout: {
      maxFailures: variable({
        name: 'USHER_LOCKOUT_MAX_FAILURES',
        type: uint(),
        help: 'failed password attempts on an account before it is locked for a while (0: never)',
      }),
      window: variable({
        name: 'USHER_LOCKOUT_WINDOW',
        type: duration(),
        default: '15m',
        help: 'time in which failures count, and how long the lock holds',
      }),
    },
    codes: {
      maxFailures: variable({
        name: 'USHER_CODES_MAX_FAILURES',
        type: uint(),
        default: '20',
        help: 'wrong one-time codes for an address or a reauthentication before no code is looked at for a while (0: any number)',
      }),
      window: variable({
        name: 'USHER_CODES_WINDOW',
        type: duration(),
        default: '15m',
        help: 'time in which wrong codes count, and how long none is looked at',
      }),
    },
    events: {
      subjectPrefix: variable({
        name: 'USHER_EVENTS_SUBJECT_PREFIX',
        type: str(),
        default: 'auth.events',
        help: 'first tokens of the subjects of public events',
      }),
      retention: variable({
        name: 'USHER_EVENTS_RETENTION',
        type: duration(),
        default: '2160h',
        help: 'how long the database keeps published events',
      }),
      erasureDelay: variable({
        name: 'USHER_EVENTS_ERASURE_DELAY',
        type: duration(),
        default: '24h',
        help: 'how long after a user was deleted for good personal data leaves the events before',
      }),
      streamMaxAge: variable({
        name: 'USHER_EVENTS_STREAM_MAX_AGE',
        type: duration(),
        default: '720h',
        help: 'how long the NATS stream keeps events',
      }),
      webhookTimeout: variable({
        name: 'USHER_EVENTS_WEBHOOK_TIMEOUT',
        type: duration(),
        default: '20s',
        help: 'how long the receiver of a webhook may take to answer',
      }),
      signIns: variable({ name: 'USHER_EVENTS_SIGN_INS', type: bool(), help: 'publish an event for each sign-in' }),
      sessionRefreshed: variable({
        name: 'USHER_EVENTS_SESSION_REFRESHED',
        type: bool(),
        help: 'publish an event for each token refresh',
      }),
      messages: variable({
        name: 'USHER_EVENTS_MESSAGES',
        type: bool(),
        help: 'publish an event for each mail and SMS',
      }),
    },
    keys: {
      publishable: variable({
        name: 'USHER_PUBLISHABLE_KEY',
        type: str(),
        help: 'API key of clients (`sb_publishable_…`; empty: not checked)',
      }),
      secret: variable({
        name: 'USHER_SECRET_KEY',
        type: str(),
        help: 'API key of servers (`sb_secret_…`; empty: not checked)',
      }),
      anon: variable({
        name: 'USHER_ANON_KEY',
        type: str(),
        help: 'API key of clients in JWT form (empty: not checked)',
      }),
      serviceRole: variable({
        name: 'USHER_SERVICE_ROLE_KEY',
        type: str(),
        help: 'API key of servers in JWT form (empty: not checked)',
      }),
    },
    setup: {
      adminDatabaseUrl: variable({
        name: 'USHER_ADMIN_DATABASE_URL',
        type: str(),
        help: "superuser's connection URL, read by the migration program alone: prepares a plain PostgreSQL and the roles",
      }),
      serviceDatabaseUrls: variable({
        name: 'USHER_SERVICE_DATABASE_URLS',
        type: list(),
        help: 'the connection URLs of the separate services, read by the migration program alone: it sets their passwords',
      }),
    },
    signingKeys: {
      file: variable({
        name: 'USHER_JWT_KEYS_FILE',
        type: str(),
        help: 'file of `usher keys` in place of `GOTRUE_JWT_KEYS`, read again when it changes',
      }),
      interval: variable({
        name: 'USHER_JWT_KEYS_INTERVAL',
        type: duration(),
        default: '1s',
        help: 'time between two looks at that file',
      }),
    },
    strict: {
      issuer: variable({
        name: 'USHER_STRICT_ISSUER',
        type: bool(),
        help: 'refuse access tokens whose `iss` is not `GOTRUE_JWT_ISSUER`',
      }),
      times: variable({
        name: 'USHER_STRICT_TIMES',
        type: bool(),
        help: 'refuse access tokens without `exp`, and those whose `iat` lies ahead',
      }),
      secret: variable({
        name: 'USHER_STRICT_SECRET',
        type: bool(),
        help: 'with `GOTRUE_JWT_KEYS`, accept no token of `GOTRUE_JWT_SECRET`',
      }),
      samlSha1: variable({
        name: 'USHER_STRICT_SAML_SHA1',
        type: bool(),
        help: 'refuse SAML answers that are signed with SHA-1',
      }),
    },
  },
});

export type UsherSettings = ValuesOf<typeof usherSettings>;

function smsUrl(provider: string, initial: string) {
  return variable({
    name: `USHER_SMS_${provider}_URL`,
    type: str(),
    default: initial,
    adjust: (url) => url.replace(/\/$/, ''),
    help: 'base URL of the API of the SMS provider',
  });
}
