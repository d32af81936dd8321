import type { UserObject } from '@usher/contracts/user-object';
import type { TokenType } from './one-time-code.js';

interface Purpose {
  type: TokenType;
  /** Column of `users` that holds the hash beside the token's row. */
  column: 'confirmation_token' | 'recovery_token' | 'reauthentication_token' | 'phone_change_token';
  sentAt: keyof UserObject & `${string}_sent_at`;
}

const CONFIRMATION: Purpose = {
  type: 'confirmation_token',
  column: 'confirmation_token',
  sentAt: 'confirmation_sent_at',
};
const RECOVERY: Purpose = { type: 'recovery_token', column: 'recovery_token', sentAt: 'recovery_sent_at' };
const REAUTHENTICATION: Purpose = {
  type: 'reauthentication_token',
  column: 'reauthentication_token',
  sentAt: 'reauthentication_sent_at',
};

/** Where the code of each mail is kept (accounts.md §10.2); a change of address has two and is `email-change.service.ts`'s business. */
export const EMAIL_PURPOSES = {
  signup: CONFIRMATION,
  invite: CONFIRMATION,
  recovery: RECOVERY,
  magiclink: RECOVERY,
  reauthentication: REAUTHENTICATION,
} as const satisfies Record<string, Purpose>;

/** The same for text messages, with the word that error texts use. */
export const SMS_PURPOSES = {
  confirmation: { ...CONFIRMATION, name: 'confirmation' },
  phone_change: {
    type: 'phone_change_token',
    column: 'phone_change_token',
    sentAt: 'phone_change_sent_at',
    name: 'phone_change',
  },
  reauthentication: { ...REAUTHENTICATION, name: 'reauthentication' },
} as const satisfies Record<string, Purpose & { name: string }>;
export type SmsPurpose = keyof typeof SMS_PURPOSES;
