import type { PkceParameters } from '@usher/contracts/sign-in';
import type { UserRow } from '@usher/database/users/user-row';
import { checkPkce } from '../accounts/pkce.js';
import { invalid } from './one-time-tokens.errors.js';

export type ResendInput = PkceParameters & { type?: string; email?: string; phone?: string };

const RESEND_TYPES = ['signup', 'email_change', 'sms', 'phone_change'] as const;
export type ResendType = (typeof RESEND_TYPES)[number];

/** The checks that need nothing but the input, in the reference's order (accounts.md §19.2). */
export function checkResend(input: ResendInput): ResendType {
  const { email, phone } = input;
  const type = RESEND_TYPES.find((known) => known === input.type);
  if (!type) throw invalid('Missing one of these types: signup, email_change, sms, phone_change');
  if (type === 'signup' || type === 'email_change') checkPkce(input);
  if (type === 'signup' && !email) throw invalid('Type provided requires an email address');
  if (type === 'sms' && !phone) throw invalid('Type provided requires a phone number');
  if (email && phone) throw invalid('Only an email address or phone number should be provided.');
  if (!email && !phone) throw invalid('Missing email address or phone number');
  return type;
}

/** Whether something waits for a code of that type. */
export function isPending(type: ResendType, user: UserRow): boolean {
  switch (type) {
    case 'signup':
      return !user.email_confirmed_at;
    case 'sms':
      return !user.phone_confirmed_at;
    case 'email_change':
      return Boolean(user.email_change);
    case 'phone_change':
      return Boolean(user.phone_change);
  }
}
