import { AuthError } from '@usher/contracts/errors';
import type { EmailAction } from '@usher/contracts/messenger/messages.contract';
import type { UserRow } from '@usher/database/users/user-row';
import type { UserPatch } from '../accounts/users.repository.js';
import type { TokenType } from '../one-time-tokens/one-time-code.js';

export const LINK_TYPES = [
  'signup',
  'invite',
  'magiclink',
  'recovery',
  'email_change_current',
  'email_change_new',
] as const;
export type LinkType = (typeof LINK_TYPES)[number];

interface LinkKind {
  action: EmailAction;
  path: 'confirmation' | 'invite' | 'recovery' | 'emailChange';
  token: TokenType;
}

export const LINK_KINDS: Readonly<Record<LinkType, LinkKind>> = {
  signup: { action: 'signup', path: 'confirmation', token: 'confirmation_token' },
  invite: { action: 'invite', path: 'invite', token: 'confirmation_token' },
  magiclink: { action: 'magiclink', path: 'recovery', token: 'recovery_token' },
  recovery: { action: 'recovery', path: 'recovery', token: 'recovery_token' },
  email_change_current: { action: 'email_change', path: 'emailChange', token: 'email_change_token_current' },
  email_change_new: { action: 'email_change', path: 'emailChange', token: 'email_change_token_new' },
};

/** What the link will be of: a magic link for nobody becomes a sign-up link (accounts.md §23.1). */
export function linkType(asked: string, known: boolean): LinkType {
  const type = LINK_TYPES.find((one) => one === asked);
  if (!type) throw new AuthError('validation_failed', `Invalid email action link type requested: ${asked}`);
  if (known || type === 'signup' || type === 'invite') return type;
  if (type === 'magiclink') return 'signup';
  throw new AuthError('user_not_found', 'User with this email not found');
}

export const isEmailChange = (type: LinkType): boolean => LINK_KINDS[type].action === 'email_change';

/** Whether the link is for an account that is not confirmed yet. */
export const isFirstLink = (type: LinkType): boolean => LINK_KINDS[type].token === 'confirmation_token';

/** A code for a link, ready to be stored. */
export interface LinkCode {
  type: LinkType;
  hash: string;
  /** The address that the code proves. */
  relatesTo: string;
}

/** The columns of `users` that go with the code. */
export function linkColumns({ type, hash }: LinkCode, newEmail: string, now: Date): UserPatch {
  switch (type) {
    case 'signup':
      return { confirmation_token: hash, confirmation_sent_at: now };
    case 'invite':
      return { confirmation_token: hash, confirmation_sent_at: now, invited_at: now };
    case 'magiclink':
    case 'recovery':
      return { recovery_token: hash, recovery_sent_at: now };
    default: {
      const change = { email_change: newEmail, email_change_confirm_status: 0, email_change_sent_at: now };
      return { ...change, [LINK_KINDS[type].token]: hash };
    }
  }
}

/** The other half of a change of address stays good, but for the same new address only. */
export function staleHalf(type: LinkType, before: UserRow | undefined, newEmail: string): TokenType | undefined {
  if (!isEmailChange(type) || !before || before.email_change === newEmail) return undefined;
  return type === 'email_change_new' ? 'email_change_token_current' : 'email_change_token_new';
}
