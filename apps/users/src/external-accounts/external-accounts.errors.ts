import { AuthError } from '@usher/contracts/errors';

export const signupDisabled = (): AuthError =>
  new AuthError('signup_disabled', 'Signups not allowed for this instance');

export const banned = (): AuthError => new AuthError('user_banned', 'User is banned');

export const multipleAccounts = (domain: string): AuthError =>
  new AuthError(
    'unexpected_failure',
    `Multiple accounts with the same email address in the same linking domain detected: ${domain}`,
  );

export const needsVerification = (provider: string, mailSent: boolean): AuthError => {
  const what = mailSent
    ? `A confirmation email has been sent to your ${provider} email`
    : `Verify the email with ${provider} in order to sign in`;
  return new AuthError('provider_email_needs_verification', `Unverified email with ${provider}. ${what}`, {
    status: 422,
  });
};

export const linkedUnverified = (provider: string): AuthError =>
  new AuthError(
    'email_not_confirmed',
    `Unverified email with ${provider}. A confirmation email has been sent to your ${provider} email`,
    { status: 422 },
  );

export const alreadyLinked = (toAnother: boolean): AuthError =>
  new AuthError('identity_already_exists', `Identity is already linked${toAnother ? ' to another user' : ''}`);

export const addressTaken = (): AuthError =>
  new AuthError('email_exists', 'A user with this email address has already been registered', { status: 400 });

export const targetGone = (): AuthError =>
  new AuthError('user_not_found', 'Linking target user not found', { status: 422 });

export const unknownInvitation = (): AuthError =>
  new AuthError('invite_not_found', 'Invite not found', { status: 404 });

export const unknownToken = (): AuthError => new AuthError('user_not_found', 'User identified by token not found');

export const otherInvited = (): AuthError =>
  new AuthError('validation_failed', 'Invited email does not match emails from external provider');
