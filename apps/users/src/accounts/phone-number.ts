import { AuthError } from '@usher/contracts/errors';

const E164 = /^[1-9][0-9]{1,14}$/;

/** A number as it is stored: digits only, checked (accounts.md §9.2). */
export function normalisePhone(phone: string): string {
  const digits = plainPhone(phone);
  if (!E164.test(digits)) throw new AuthError('validation_failed', 'Invalid phone number format (E.164 required)');
  return digits;
}

/** The number without its plus and spaces, unchecked: what a sign-in looks up. */
export function plainPhone(phone: string): string {
  return phone.replace(/^\+/, '').replaceAll(' ', '');
}

export interface ChannelRules {
  smsProvider: string;
  /** A hook sends the messages, by whatever channels it knows. */
  anyChannel: boolean;
}

/** The channel to send by, `sms` when none is given. */
export function chooseChannel(channel: string | undefined, { smsProvider, anyChannel }: ChannelRules): string {
  if (!channel || channel === 'sms') return 'sms';
  const speaksWhatsApp = smsProvider === 'twilio' || smsProvider === 'twilio_verify';
  if (anyChannel || (channel === 'whatsapp' && speaksWhatsApp)) return channel;
  throw new AuthError(
    'validation_failed',
    "Invalid channel, supported values are 'sms' or 'whatsapp'. 'whatsapp' is only supported if Twilio or Twilio Verify is used as the provider.",
  );
}
