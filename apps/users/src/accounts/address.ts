import { AuthError } from '@usher/contracts/errors';

const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const PHONE = /^[1-9][0-9]{1,14}$/;
const MAX_EMAIL_BYTES = 255;

/** The address in the form that is stored, or `validation_failed` (accounts.md §9.1). */
export function normalizeEmail(email: string): string {
  if (!email) throw new AuthError('validation_failed', 'An email address is required');
  if (Buffer.byteLength(email) > MAX_EMAIL_BYTES)
    throw new AuthError('validation_failed', 'An email address is too long');
  if (!EMAIL.test(email)) throw new AuthError('validation_failed', 'Unable to validate email address: invalid format');
  return email.toLowerCase();
}

/** E.164 digits without `+`, or `validation_failed` (accounts.md §9.2). */
export function normalizePhone(phone: string): string {
  const digits = bareNumber(phone);
  if (!PHONE.test(digits)) throw new AuthError('validation_failed', 'Invalid phone number format (E.164 required)');
  return digits;
}

/** One leading `+` and all spaces removed; what sign-in looks up without judging it. */
export function bareNumber(phone: string): string {
  return phone.replace(/^\+/, '').replaceAll(' ', '');
}

export interface ChannelRules {
  provider: string;
  hookEnabled: boolean;
}

/** The channel of a text message, `sms` when not given. */
export function checkChannel(channel: string | undefined, { provider, hookEnabled }: ChannelRules): string {
  const wanted = channel || 'sms';
  const whatsapp = wanted === 'whatsapp' && (provider === 'twilio' || provider === 'twilio_verify');
  if (wanted === 'sms' || whatsapp || hookEnabled) return wanted;
  throw new AuthError(
    'validation_failed',
    "Invalid channel, supported values are 'sms' or 'whatsapp'. 'whatsapp' is only supported if Twilio or Twilio Verify is used as the provider.",
  );
}
