import type { RequestContext } from '../request-context.js';
import { rpc } from '../rpc.js';
import type { JsonObject, UserObject } from '../user-object.js';

export const EMAIL_ACTIONS = ['signup', 'invite', 'recovery', 'magiclink', 'email_change', 'reauthentication'] as const;
export type EmailAction = (typeof EMAIL_ACTIONS)[number];

export const NOTIFICATIONS = [
  'password_changed_notification',
  'email_changed_notification',
  'phone_changed_notification',
  'identity_linked_notification',
  'identity_unlinked_notification',
  'mfa_factor_enrolled_notification',
  'mfa_factor_unenrolled_notification',
] as const;
export type Notification = (typeof NOTIFICATIONS)[number];

/** One secret of a mail: the code a person types, and the hash that the link carries (with `pkce_` where the flow has it). */
export interface EmailSecret {
  otp: string;
  tokenHash: string;
}

/** An action mail. For a secure e-mail change `current` goes to the present address and `next` to the new one, in one call. */
export interface SendEmailInput {
  action: EmailAction;
  user: UserObject;
  /** Recipient; for `email_change` the new address. */
  to: string;
  secret: EmailSecret;
  /** `email_change` with secure change on: the mail to the present address. */
  current?: { to: string; secret: EmailSecret };
}

/**
 * Sends an action mail now (SMTP or the send-email hook), before the caller's transaction: the client is told at once when it failed
 * (mail-and-sms.md §3). Global send limit and authorised addresses are checked here. Errors: `over_email_send_rate_limit`,
 * `email_address_not_authorized`, `email_address_invalid`, a hook's own, else `unexpected_failure` with the reference's text.
 */
export const sendEmail = rpc<SendEmailInput, Record<string, never>>('messenger', 'send-email');

export interface SendSmsInput {
  user: UserObject;
  /** Digits without `+`. */
  phone: string;
  channel: string;
  otp: string;
  /** Names the purpose in error texts: `confirmation`, `phone_change`, `reauthentication`, `mfa`. */
  purpose: string;
}

/** Sends an SMS now (provider or the send-sms hook; mail-and-sms.md §6). Test numbers are the caller's business. */
export const sendSms = rpc<SendSmsInput, { messageId: string }>('messenger', 'send-sms');

/** Twilio Verify keeps the codes itself: asks it. `otp_expired` when it refuses (mail-and-sms.md §6.5). */
export const checkSmsCode = rpc<{ phone: string; code: string }, Record<string, never>>('messenger', 'check-sms-code');

/** A notification mail, written to `auth_events.messages` in the transaction of its cause and sent later with retries. */
export interface QueuedNotification {
  notification: Notification;
  user: UserObject;
  to: string;
  /** Template variables besides the user's: `OldEmail`, `Phone`, `OldPhone`, `Provider`, `FactorType`. */
  variables: JsonObject;
  /** Of the request that caused it, for the send-email hook; without it the server's own settings stand in. */
  context?: Pick<RequestContext, 'ip' | 'redirectTo' | 'externalUrl'>;
}

/** Told after commit that there is work in `auth_events.messages`; a hint, polling is the guarantee. */
export const MESSAGES_POKE = 'usher.poke.messenger';
