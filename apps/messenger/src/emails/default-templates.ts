import type { EmailAction } from '@usher/contracts/messenger/messages.contract';

export interface MailTemplate {
  subject: string;
  html: string;
}

/** One column of system fonts, readable in every mail client without images or style sheets. */
export function page(heading: string, text: string, action: string): string {
  const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1f2430";
  return `<!doctype html>
<html lang="en"><body style="margin:0;background:#f4f5f7;padding:32px 16px;${font}">
<div style="max-width:480px;margin:0 auto;background:#ffffff;border-radius:8px;padding:32px">
<h1 style="margin:0 0 16px;font-size:20px">${heading}</h1>
<p style="margin:0 0 24px;font-size:15px;line-height:1.5">${text}</p>
${action}
</div></body></html>
`;
}

function button(label: string): string {
  const style =
    'display:inline-block;background:#2b5cd9;color:#ffffff;text-decoration:none;border-radius:6px;padding:12px 20px;font-size:15px';
  return `<p style="margin:0"><a href="{{ .ConfirmationURL }}" style="${style}">${label}</a></p>`;
}

const IGNORE = 'If you did not ask for this, you can ignore this mail.';

export const DEFAULT_TEMPLATES: Record<EmailAction, MailTemplate> = {
  signup: {
    subject: 'Confirm your email address',
    html: page(
      'Confirm your email address',
      `Please confirm that this address is yours to finish signing up. ${IGNORE}`,
      button('Confirm email address'),
    ),
  },
  invite: {
    subject: "You've been invited",
    html: page(
      "You've been invited",
      'Somebody has invited you to create an account. Follow the link to accept.',
      button('Accept invitation'),
    ),
  },
  recovery: {
    subject: 'Reset your password',
    html: page('Reset your password', `Follow the link to choose a new password. ${IGNORE}`, button('Reset password')),
  },
  magiclink: {
    subject: 'Your sign-in link',
    html: page('Your sign-in link', `The link works once and not for long. ${IGNORE}`, button('Sign in')),
  },
  email_change: {
    subject: 'Confirm your new email address',
    html: page(
      'Confirm your new email address',
      `Follow the link to confirm the change of your address to {{ .NewEmail }}. ${IGNORE}`,
      button('Confirm new email address'),
    ),
  },
  reauthentication: {
    subject: '{{ .Token }} is your verification code',
    html: page(
      'Your verification code',
      'Enter this code to go on.',
      '<p style="margin:0;font-size:28px;letter-spacing:4px">{{ .Token }}</p>',
    ),
  },
};
