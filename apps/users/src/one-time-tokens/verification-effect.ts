import type { UserRow } from '@usher/database/users/user-row';
import type { AuditAction } from '@usher/messaging/audit-log';
import type { JsonObject } from '@usher/contracts/user-object';
import type { UserPatch } from '../accounts/users.repository.js';
import type { OwnAddress } from '../identities/own-identity.js';
import type { TokenType } from './one-time-code.js';
import type { VerificationType } from './verification.js';

/** What a used token does, decided before anything is written. */
export interface Effect {
  patch: UserPatch;
  audit?: { action: AuditAction; traits?: JsonObject };
  /** The address that the user's own identity of that kind gets, which is made where it is missing. */
  identity?: OwnAddress;
  /** Marks the identities with the confirmed address as verified. */
  verifiesIdentities?: boolean;
  /** An accepted invitation: whatever password the account had is replaced by one that nobody knows. */
  replacesPassword?: boolean;
  /** The first half of a secure e-mail change: only this token is used up, and nobody is signed in. */
  halfOf?: TokenType;
}

export interface ChangeRules {
  autoconfirm: boolean;
  secureEmailChange: boolean;
}

/** accounts.md §17.5 to §17.8. `slot` is where the token lay; undefined for a code that is kept elsewhere (test numbers, Twilio Verify). */
export function effectOf(
  type: VerificationType,
  slot: TokenType | undefined,
  row: UserRow,
  rules: ChangeRules,
  now: Date,
): Effect {
  switch (type) {
    case 'signup':
    case 'invite':
      return {
        patch: confirmed(row, now),
        audit: { action: 'user_signedup', traits: { provider: 'email' } },
        verifiesIdentities: true,
        replacesPassword: acceptsInvitation(row),
      };
    case 'recovery':
    case 'magiclink':
      return recovered(row, now);
    case 'email_change':
      return isFirstHalf(row, rules) ? firstHalf(slot) : emailChanged(row, now);
    case 'sms':
      return {
        patch: { confirmation_token: '', phone_confirmed_at: now, is_anonymous: false },
        audit: { action: 'user_signedup', traits: { provider: 'phone' } },
      };
    case 'phone_change':
      return phoneChanged(row, now);
  }
}

function confirmed(row: UserRow, now: Date): UserPatch {
  return {
    email_confirmed_at: now,
    confirmation_token: '',
    raw_user_meta_data: { ...row.raw_user_meta_data, email_verified: true },
  };
}

function recovered(row: UserRow, now: Date): Effect {
  const patch = { recovery_token: '' };
  if (row.email_confirmed_at) return { patch, audit: { action: 'login' } };
  return {
    patch: { ...patch, ...confirmed(row, now) },
    audit: { action: 'user_signedup', traits: { provider: 'email' } },
    replacesPassword: acceptsInvitation(row),
  };
}

/** Whoever signed the address up before its owner was invited knows that account's password. */
function acceptsInvitation(row: UserRow): boolean {
  return row.invited_at !== null && row.email_confirmed_at === null;
}

function isFirstHalf(row: UserRow, { autoconfirm, secureEmailChange }: ChangeRules): boolean {
  return !autoconfirm && secureEmailChange && row.email_change_confirm_status === 0 && Boolean(row.email);
}

function firstHalf(slot: TokenType | undefined): Effect {
  if (!slot) throw new Error('an e-mail change has a token');
  return { patch: { email_change_confirm_status: 1, [slot]: '' }, halfOf: slot };
}

function emailChanged(row: UserRow, now: Date): Effect {
  const email = row.email_change ?? '';
  return {
    patch: {
      ...(row.email_confirmed_at ? {} : confirmed(row, now)),
      email,
      email_change: '',
      email_change_token_current: '',
      email_change_token_new: '',
      email_change_confirm_status: 0,
      is_anonymous: false,
    },
    audit: { action: 'user_modified' },
    identity: { provider: 'email', address: email, verified: true },
  };
}

function phoneChanged(row: UserRow, now: Date): Effect {
  const phone = row.phone_change ?? '';
  return {
    patch: {
      phone,
      phone_confirmed_at: now,
      phone_change: '',
      phone_change_token: '',
      is_anonymous: false,
    },
    audit: { action: 'user_modified' },
    identity: { provider: 'phone', address: phone, verified: true },
  };
}
