import { AuthError } from '@usher/contracts/errors';
import type { UserRow } from '@usher/database/users/user-row';
import { codeMatches, isExpired, type TokenType } from './one-time-code.js';

/** The kinds of proof, after `email` has become what it matched. */
export type VerificationType = 'signup' | 'invite' | 'recovery' | 'magiclink' | 'email_change' | 'sms' | 'phone_change';

const LINK_SLOTS: Readonly<Record<string, readonly TokenType[]>> = {
  signup: ['confirmation_token'],
  invite: ['confirmation_token'],
  recovery: ['recovery_token'],
  magiclink: ['recovery_token'],
  email: ['confirmation_token', 'recovery_token'],
  email_change: ['email_change_token_current', 'email_change_token_new'],
};

const CODE_SLOTS: Readonly<Record<string, readonly TokenType[]>> = {
  ...LINK_SLOTS,
  sms: ['confirmation_token'],
  phone_change: ['phone_change_token'],
};

const SENT_AT = {
  confirmation_token: 'confirmation_sent_at',
  recovery_token: 'recovery_sent_at',
  email_change_token_new: 'email_change_sent_at',
  email_change_token_current: 'email_change_sent_at',
  phone_change_token: 'phone_change_sent_at',
  reauthentication_token: 'reauthentication_sent_at',
} as const satisfies Record<TokenType, keyof UserRow>;

/** Where the token of a link may lie (accounts.md §17.3). Throws for types that no link has. */
export function linkSlots(type: string): readonly TokenType[] {
  const slots = Object.hasOwn(LINK_SLOTS, type) ? LINK_SLOTS[type] : undefined;
  if (!slots) throw new AuthError('validation_failed', 'Invalid email verification type');
  return slots;
}

/** Where a typed code may lie; nowhere for an unknown type. */
export function codeSlots(type: string): readonly TokenType[] {
  return (Object.hasOwn(CODE_SLOTS, type) && CODE_SLOTS[type]) || [];
}

/** `email` stands for whatever mail the token came with. */
export function effectiveType(type: string, slot: TokenType): VerificationType {
  if (type !== 'email') return type as VerificationType;
  return slot === 'recovery_token' ? 'magiclink' : 'signup';
}

export function isTooOld(row: UserRow, slot: TokenType, lifetimeSeconds: number, now: Date): boolean {
  return isExpired(row[SENT_AT[slot]], lifetimeSeconds, now);
}

/**
 * Whether the token of a link, which was sent to `sentTo`, still confirms what it was sent for: the same address, on the same channel. Otherwise the
 * holder of an SMS code could confirm an e-mail address with its hash, and a mail to an address since replaced its successor.
 */
export function isBoundTo(row: UserRow, slot: TokenType, sentTo: string): boolean {
  const address = slot === 'email_change_token_new' ? row.email_change : row.email;
  return Boolean(address) && address?.toLowerCase() === sentTo;
}

/** The slot whose stored hash the code matches and which is still in time. */
export function slotOfCode(
  row: UserRow,
  slots: readonly TokenType[],
  address: string,
  code: string,
  lifetimeSeconds: number,
  now: Date,
): TokenType | undefined {
  return slots.find((slot) => codeMatches(row[slot], address, code) && !isTooOld(row, slot, lifetimeSeconds, now));
}
