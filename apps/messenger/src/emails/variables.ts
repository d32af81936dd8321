import type { EmailSecret, QueuedNotification, SendEmailInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import type { Settings } from '@usher/runtime/settings/settings';
import { ACTION_MAILS } from './action-mails.js';
import { buildLink } from '@usher/contracts/messenger/email-link';
import type { Variables } from './render.js';

/** One of the one or two mails of an action. */
export interface Delivery {
  to: string;
  secret: EmailSecret;
}

/** What the template of an action's mail may show (mail-and-sms.md §2.4). */
export function actionVariables(
  { action, user, to: newEmail }: SendEmailInput,
  { to, secret }: Delivery,
  { mailer, site }: Pick<Settings, 'mailer' | 'site'>,
  { externalUrl, redirectTo }: RequestContext,
): Variables {
  const variables = { SiteURL: site.url, Email: user.email, Token: secret.otp, Data: user.user_metadata ?? {} };
  const { path } = ACTION_MAILS[action];
  if (!path) return variables;
  const token = secret.tokenHash;
  const link = buildLink({ externalUrl, path: mailer.urlPaths[path], token, type: action, redirectTo });
  const linked = { ...variables, ConfirmationURL: link, TokenHash: token, RedirectTo: redirectTo };
  return action === 'email_change' ? { ...linked, NewEmail: newEmail, SendingTo: to } : linked;
}

/** What the template of a notification may show: `Email` is the user's, unless the notification has another. */
export function notificationVariables(
  { user, to, notification, variables }: QueuedNotification,
  siteUrl: string,
): Variables {
  // After unlinking, the user's address may already be another than the one that is written to.
  const email = notification === 'identity_unlinked_notification' ? to : user.email;
  return { SiteURL: siteUrl, Email: email, Data: user.user_metadata ?? {}, ...variables };
}
