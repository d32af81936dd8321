import type { EmailAction } from '@usher/contracts/messenger/messages.contract';

export interface ActionMail {
  /** Names its subject and template in the settings. */
  kind: 'confirmation' | 'invite' | 'recovery' | 'magicLink' | 'emailChange' | 'reauthentication';
  /** `$messageType` in headers of one's own (mail-and-sms.md §2.1): not always the name of the template. */
  messageType: string;
  /** Which path its link has; without one the mail has no link. */
  path?: 'confirmation' | 'invite' | 'recovery' | 'emailChange';
  /** In what clients read when it could not be sent (accounts.md §11.1). */
  name: string;
}

export const ACTION_MAILS: Readonly<Record<EmailAction, ActionMail>> = {
  signup: { kind: 'confirmation', messageType: 'confirmation', path: 'confirmation', name: 'confirmation' },
  invite: { kind: 'invite', messageType: 'invite', path: 'invite', name: 'invite' },
  recovery: { kind: 'recovery', messageType: 'recovery', path: 'recovery', name: 'recovery' },
  magiclink: { kind: 'magicLink', messageType: 'magic_link', path: 'recovery', name: 'magic link' },
  email_change: { kind: 'emailChange', messageType: 'email_change', path: 'emailChange', name: 'email change' },
  reauthentication: { kind: 'reauthentication', messageType: 'reauthenticate', name: 'reauthentication' },
};
