import type { Wordings } from './wording.js';

const advice = 'If you did not ask for this, you can ignore this mail.';
const alarm = 'If this was not you, please get in touch with support at once.';

export const ENGLISH: Wordings = {
  signup: {
    ...{ subject: 'Confirm your email address', button: 'Confirm email address', advice },
    text: 'Please confirm that this address is yours to finish signing up.',
  },
  invite: {
    ...{ subject: "You've been invited", button: 'Accept invitation' },
    text: 'Somebody has invited you to create an account. Follow the link to accept.',
  },
  recovery: {
    ...{ subject: 'Reset your password', button: 'Reset password', advice },
    text: 'Follow the link to choose a new password.',
  },
  magiclink: {
    ...{ subject: 'Your sign-in link', button: 'Sign in', advice },
    text: 'The link works once and not for long.',
  },
  email_change: {
    ...{ subject: 'Confirm your new email address', button: 'Confirm new email address', advice },
    text: 'Follow the link to confirm the change of your address to {{ .NewEmail }}.',
  },
  reauthentication: {
    ...{ subject: '{{ .Token }} is your verification code', heading: 'Your verification code', advice },
    text: 'Enter this code to go on.',
  },
  password_changed_notification: {
    subject: 'Your password was changed',
    text: 'Your account has a new password.',
    advice: 'If this was not you, choose another password now and get in touch with support at once.',
  },
  email_changed_notification: {
    ...{ subject: 'Your email address was changed', advice: alarm },
    text: 'Your account used {{ .OldEmail }} until now, and uses {{ .Email }} from now on.',
  },
  phone_changed_notification: {
    ...{ subject: 'Your phone number was changed', advice: alarm },
    text: 'Your account used the number {{ .OldPhone }} until now, and uses {{ .Phone }} from now on.',
  },
  identity_linked_notification: {
    ...{ subject: 'A new sign-in method was linked to your account', advice: alarm },
    text: 'The account of {{ .Email }} can now be entered with {{ .Provider }}.',
  },
  identity_unlinked_notification: {
    ...{ subject: 'A sign-in method was removed from your account', advice: alarm },
    text: 'The account of {{ .Email }} can no longer be entered with {{ .Provider }}.',
  },
  mfa_factor_enrolled_notification: {
    ...{ subject: 'A new verification method was added to your account', advice: alarm },
    text: 'Your account now also asks for a verification by {{ .FactorType }}.',
  },
  mfa_factor_unenrolled_notification: {
    ...{ subject: 'A verification method was removed from your account', advice: alarm },
    text: 'Your account no longer asks for a verification by {{ .FactorType }}.',
  },
};
