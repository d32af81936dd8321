import type { Wordings } from './wording.js';

const advice = 'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message.';
const alarm = 'Si ce n’était pas vous, contactez immédiatement l’assistance.';

export const FRENCH: Wordings = {
  signup: {
    ...{ subject: 'Confirmez votre adresse e-mail', button: 'Confirmer l’adresse e-mail', advice },
    text: 'Veuillez confirmer que cette adresse est la vôtre pour terminer votre inscription.',
  },
  invite: {
    ...{ subject: 'Vous avez été invité', button: 'Accepter l’invitation' },
    text: 'Vous avez été invité à créer un compte. Suivez le lien pour accepter.',
  },
  recovery: {
    ...{ subject: 'Réinitialisez votre mot de passe', button: 'Réinitialiser le mot de passe', advice },
    text: 'Suivez le lien pour choisir un nouveau mot de passe.',
  },
  magiclink: {
    ...{ subject: 'Votre lien de connexion', button: 'Se connecter', advice },
    text: 'Ce lien ne fonctionne qu’une fois et pour peu de temps.',
  },
  email_change: {
    ...{ subject: 'Confirmez votre nouvelle adresse e-mail', button: 'Confirmer la nouvelle adresse', advice },
    text: 'Suivez le lien pour confirmer le changement de votre adresse en {{ .NewEmail }}.',
  },
  reauthentication: {
    ...{ subject: '{{ .Token }} est votre code de vérification', heading: 'Votre code de vérification', advice },
    text: 'Saisissez ce code pour continuer.',
  },
  password_changed_notification: {
    subject: 'Votre mot de passe a été modifié',
    text: 'Votre compte a un nouveau mot de passe.',
    advice: 'Si ce n’était pas vous, choisissez tout de suite un autre mot de passe et contactez l’assistance.',
  },
  email_changed_notification: {
    ...{ subject: 'Votre adresse e-mail a été modifiée', advice: alarm },
    text: 'Votre compte utilisait {{ .OldEmail }} et utilise désormais {{ .Email }}.',
  },
  phone_changed_notification: {
    ...{ subject: 'Votre numéro de téléphone a été modifié', advice: alarm },
    text: 'Votre compte utilisait le numéro {{ .OldPhone }} et utilise désormais {{ .Phone }}.',
  },
  identity_linked_notification: {
    ...{ subject: 'Une nouvelle méthode de connexion a été liée à votre compte', advice: alarm },
    text: 'Le compte de {{ .Email }} est désormais accessible avec {{ .Provider }}.',
  },
  identity_unlinked_notification: {
    ...{ subject: 'Une méthode de connexion a été retirée de votre compte', advice: alarm },
    text: 'Le compte de {{ .Email }} n’est plus accessible avec {{ .Provider }}.',
  },
  mfa_factor_enrolled_notification: {
    ...{ subject: 'Une nouvelle méthode de vérification a été ajoutée à votre compte', advice: alarm },
    text: 'Votre compte demande désormais aussi une vérification par {{ .FactorType }}.',
  },
  mfa_factor_unenrolled_notification: {
    ...{ subject: 'Une méthode de vérification a été retirée de votre compte', advice: alarm },
    text: 'Votre compte ne demande plus de vérification par {{ .FactorType }}.',
  },
};
