import type { Wordings } from './wording.js';

const advice = 'Wenn Sie das nicht angefordert haben, können Sie diese Nachricht ignorieren.';
const alarm = 'Wenn Sie das nicht waren, wenden Sie sich bitte sofort an den Support.';

export const GERMAN: Wordings = {
  signup: {
    ...{ subject: 'Bestätigen Sie Ihre E-Mail-Adresse', button: 'E-Mail-Adresse bestätigen', advice },
    text: 'Bitte bestätigen Sie, dass diese Adresse Ihnen gehört, um die Registrierung abzuschließen.',
  },
  invite: {
    ...{ subject: 'Sie wurden eingeladen', button: 'Einladung annehmen' },
    text: 'Sie wurden eingeladen, ein Konto anzulegen. Folgen Sie dem Link, um anzunehmen.',
  },
  recovery: {
    ...{ subject: 'Passwort zurücksetzen', button: 'Passwort zurücksetzen', advice },
    text: 'Folgen Sie dem Link, um ein neues Passwort zu wählen.',
  },
  magiclink: {
    ...{ subject: 'Ihr Anmeldelink', button: 'Anmelden', advice },
    text: 'Der Link gilt einmal und nicht lange.',
  },
  email_change: {
    ...{ subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse', button: 'Neue Adresse bestätigen', advice },
    text: 'Folgen Sie dem Link, um die Änderung Ihrer Adresse in {{ .NewEmail }} zu bestätigen.',
  },
  reauthentication: {
    ...{ subject: '{{ .Token }} ist Ihr Bestätigungscode', heading: 'Ihr Bestätigungscode', advice },
    text: 'Geben Sie diesen Code ein, um fortzufahren.',
  },
  password_changed_notification: {
    subject: 'Ihr Passwort wurde geändert',
    text: 'Ihr Konto hat ein neues Passwort.',
    advice:
      'Wenn Sie das nicht waren, wählen Sie jetzt ein anderes Passwort und wenden Sie sich sofort an den Support.',
  },
  email_changed_notification: {
    ...{ subject: 'Ihre E-Mail-Adresse wurde geändert', advice: alarm },
    text: 'Ihr Konto verwendete bisher {{ .OldEmail }} und verwendet ab jetzt {{ .Email }}.',
  },
  phone_changed_notification: {
    ...{ subject: 'Ihre Telefonnummer wurde geändert', advice: alarm },
    text: 'Ihr Konto verwendete bisher die Nummer {{ .OldPhone }} und verwendet ab jetzt {{ .Phone }}.',
  },
  identity_linked_notification: {
    ...{ subject: 'Eine neue Anmeldemethode wurde mit Ihrem Konto verknüpft', advice: alarm },
    text: 'Beim Konto von {{ .Email }} ist die Anmeldung jetzt auch mit {{ .Provider }} möglich.',
  },
  identity_unlinked_notification: {
    ...{ subject: 'Eine Anmeldemethode wurde von Ihrem Konto entfernt', advice: alarm },
    text: 'Beim Konto von {{ .Email }} ist die Anmeldung mit {{ .Provider }} nicht mehr möglich.',
  },
  mfa_factor_enrolled_notification: {
    ...{ subject: 'Ihrem Konto wurde eine neue Bestätigungsmethode hinzugefügt', advice: alarm },
    text: 'Ihr Konto verlangt jetzt auch eine Bestätigung durch {{ .FactorType }}.',
  },
  mfa_factor_unenrolled_notification: {
    ...{ subject: 'Eine Bestätigungsmethode wurde von Ihrem Konto entfernt', advice: alarm },
    text: 'Ihr Konto verlangt keine Bestätigung durch {{ .FactorType }} mehr.',
  },
};
