import { otpLength, zeroMeans } from './adjust.js';
import { blockedMx, headers } from './header-values.js';
import { bool, duration, int, json, lenient, list, str, uint } from './parse.js';
import { concern, forEach, ignored, upperSnake, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const MAIL_NOTIFICATIONS = [
  'passwordChanged',
  'emailChanged',
  'phoneChanged',
  'identityLinked',
  'identityUnlinked',
  'mfaFactorEnrolled',
  'mfaFactorUnenrolled',
] as const;

export const MAIL_KINDS = [
  'invite',
  'confirmation',
  'recovery',
  'emailChange',
  'magicLink',
  'reauthentication',
  'passwordChangedNotification',
  'emailChangedNotification',
  'phoneChangedNotification',
  'identityLinkedNotification',
  'identityUnlinkedNotification',
  'mfaFactorEnrolledNotification',
  'mfaFactorUnenrolledNotification',
] as const;

const LINK_KINDS = ['invite', 'confirmation', 'recovery', 'emailChange'] as const;

export const mailerSettings = concern({
  title: 'Mailer',
  variables: {
    autoconfirm: variable({
      name: 'GOTRUE_MAILER_AUTOCONFIRM',
      type: bool(),
      help: 'confirm e-mail addresses without sending a mail',
    }),
    allowUnverifiedEmailSignIns: variable({
      name: 'GOTRUE_MAILER_ALLOW_UNVERIFIED_EMAIL_SIGN_INS',
      type: bool(),
      help: 'let an OAuth sign-in proceed although its e-mail is unverified; not together with autoconfirm',
    }),
    secureEmailChangeEnabled: variable({
      name: 'GOTRUE_MAILER_SECURE_EMAIL_CHANGE_ENABLED',
      type: bool(),
      default: true,
      help: 'a change of e-mail needs both addresses',
    }),
    otpExp: variable({
      name: 'GOTRUE_MAILER_OTP_EXP',
      type: uint(),
      default: 86400,
      adjust: zeroMeans(86400),
      help: 'lifetime of mailed codes and links in seconds (0: the default)',
    }),
    otpLength: variable({
      name: 'GOTRUE_MAILER_OTP_LENGTH',
      type: int(),
      default: 6,
      adjust: otpLength,
      help: 'digits of mailed codes, 6 to 10 (anything else: 6)',
    }),
    externalHosts: variable({
      name: 'GOTRUE_MAILER_EXTERNAL_HOSTS',
      type: list(),
      help: 'hosts accepted from `X-Forwarded-Host` as the host of mailed links',
    }),
    subjects: forEach(MAIL_KINDS, (kind) =>
      variable({
        name: `GOTRUE_MAILER_SUBJECTS_${upperSnake(kind)}`,
        type: str(),
        help: 'subject template (empty: built in)',
      }),
    ),
    templates: forEach(MAIL_KINDS, (kind) =>
      variable({
        name: `GOTRUE_MAILER_TEMPLATES_${upperSnake(kind)}`,
        type: str(),
        help: 'URL of the body template, relative to the site URL unless it starts with `http` (empty: built in)',
      }),
    ),
    urlPaths: forEach(LINK_KINDS, (kind) =>
      variable({
        name: `GOTRUE_MAILER_URLPATHS_${upperSnake(kind)}`,
        type: str(),
        default: '/verify',
        help: 'link target, resolved against `API_EXTERNAL_URL`',
      }),
    ),
    otherUrlPaths: ignored(
      MAIL_KINDS.filter((kind) => !LINK_KINDS.some((link) => link === kind)).map(
        (kind) => `GOTRUE_MAILER_URLPATHS_${upperSnake(kind)}`,
      ),
      'the magic link uses the path of `RECOVERY`, the others have no link',
    ),
    notifications: forEach(MAIL_NOTIFICATIONS, (kind) =>
      variable({
        name: `GOTRUE_MAILER_NOTIFICATIONS_${upperSnake(kind)}_ENABLED`,
        type: bool(),
        help: 'send this notification',
      }),
    ),
    emailBackgroundSending: variable({
      name: 'GOTRUE_MAILER_EMAIL_BACKGROUND_SENDING',
      type: bool(),
      help: 'answer the request before the mail is handed over',
    }),
    emailValidation: {
      extended: variable({
        name: 'GOTRUE_MAILER_EMAIL_VALIDATION_EXTENDED',
        type: bool(),
        help: 'check addresses by rules and DNS before sending',
      }),
      serviceUrl: variable({
        name: 'GOTRUE_MAILER_EMAIL_VALIDATION_SERVICE_URL',
        type: str(),
        help: 'external validator (POST, JSON)',
      }),
      serviceHeaders: variable({
        name: 'GOTRUE_MAILER_EMAIL_VALIDATION_SERVICE_HEADERS',
        type: lenient(json({}, headers)),
        help: 'headers for the validator: object of name to array of values; bad JSON is ignored with a warning',
      }),
      blockedMx: variable({
        name: 'GOTRUE_MAILER_EMAIL_VALIDATION_BLOCKED_MX',
        type: lenient(json([], blockedMx)),
        help: 'array of mail hosts to refuse; bad JSON is ignored with a warning',
      }),
    },
    template: {
      maxSize: variable({
        name: 'GOTRUE_MAILER_TEMPLATE_MAX_SIZE',
        type: int(),
        default: 1_000_000,
        help: 'bytes read from a template URL; the rest is cut off',
      }),
      maxAge: variable({
        name: 'GOTRUE_MAILER_TEMPLATE_MAX_AGE',
        type: duration(),
        default: '10m',
        help: 'how long a fetched template is used',
      }),
      retryInterval: variable({
        name: 'GOTRUE_MAILER_TEMPLATE_RETRY_INTERVAL',
        type: duration(),
        default: '10s',
        help: 'wait after a failed fetch',
      }),
      reloadingEnabled: variable({
        name: 'GOTRUE_MAILER_TEMPLATE_RELOADING_ENABLED',
        type: bool(),
        help: 'fetch templates again in the background',
      }),
      reloadingMaxIdle: variable({
        name: 'GOTRUE_MAILER_TEMPLATE_RELOADING_MAX_IDLE',
        type: duration(),
        default: '20m',
        help: 'stop background fetching after this idle time',
      }),
    },
  },
  check(mailer, report) {
    if (!mailer.autoconfirm || !mailer.allowUnverifiedEmailSignIns) return;
    report.problem(
      'GOTRUE_MAILER_AUTOCONFIRM',
      'cannot enable both GOTRUE_MAILER_AUTOCONFIRM and GOTRUE_MAILER_ALLOW_UNVERIFIED_EMAIL_SIGN_INS',
    );
  },
});

export type MailerSettings = ValuesOf<typeof mailerSettings>;
