import type { QueuedNotification, SendEmailInput } from '@usher/contracts/messenger/messages.contract';
import type { RequestContext } from '@usher/contracts/request-context';

/**
 * `email_data` of the send-email hook (accounts.md §11.4). With two mails the pairs are crossed: `token_hash` belongs to the new address although `token` is
 * the present one's. Receivers rely on it.
 */
export function emailData({ action, secret, current }: SendEmailInput, { redirectTo, externalUrl }: RequestContext) {
  return {
    token: (current?.secret ?? secret).otp,
    token_hash: secret.tokenHash,
    redirect_to: redirectTo,
    email_action_type: action,
    site_url: externalUrl,
    token_new: current ? secret.otp : '',
    token_hash_new: current?.secret.tokenHash ?? '',
    old_email: '',
    old_phone: '',
    provider: '',
    factor_type: '',
  };
}

/** The same for a notification: no secrets, and of its variables those that the hook knows. */
export function notificationData(
  { notification, variables }: QueuedNotification,
  { redirectTo, externalUrl }: RequestContext,
) {
  const text = (name: string): string => (typeof variables[name] === 'string' ? variables[name] : '');
  return {
    ...{ token: '', token_hash: '', token_new: '', token_hash_new: '' },
    redirect_to: redirectTo,
    email_action_type: notification,
    site_url: externalUrl,
    old_email: text('OldEmail'),
    old_phone: text('OldPhone'),
    provider: text('Provider'),
    factor_type: text('FactorType'),
  };
}
