import type { Wordings } from './wording.js';

const advice = 'Si no lo has solicitado, puedes ignorar este mensaje.';
const alarm = 'Si no has sido tú, ponte en contacto con el soporte de inmediato.';

export const SPANISH: Wordings = {
  signup: {
    ...{ subject: 'Confirma tu dirección de correo', button: 'Confirmar dirección', advice },
    text: 'Confirma que esta dirección es tuya para terminar el registro.',
  },
  invite: {
    ...{ subject: 'Has recibido una invitación', button: 'Aceptar invitación' },
    text: 'Te han invitado a crear una cuenta. Sigue el enlace para aceptar.',
  },
  recovery: {
    ...{ subject: 'Restablece tu contraseña', button: 'Restablecer contraseña', advice },
    text: 'Sigue el enlace para elegir una contraseña nueva.',
  },
  magiclink: {
    ...{ subject: 'Tu enlace de acceso', button: 'Iniciar sesión', advice },
    text: 'El enlace funciona una sola vez y por poco tiempo.',
  },
  email_change: {
    ...{ subject: 'Confirma tu nueva dirección de correo', button: 'Confirmar nueva dirección', advice },
    text: 'Sigue el enlace para confirmar el cambio de tu dirección a {{ .NewEmail }}.',
  },
  reauthentication: {
    ...{ subject: '{{ .Token }} es tu código de verificación', heading: 'Tu código de verificación', advice },
    text: 'Introduce este código para continuar.',
  },
  password_changed_notification: {
    subject: 'Tu contraseña ha cambiado',
    text: 'Tu cuenta tiene una contraseña nueva.',
    advice: 'Si no has sido tú, elige otra contraseña ahora y ponte en contacto con el soporte.',
  },
  email_changed_notification: {
    ...{ subject: 'Tu dirección de correo ha cambiado', advice: alarm },
    text: 'Tu cuenta usaba {{ .OldEmail }} y desde ahora usa {{ .Email }}.',
  },
  phone_changed_notification: {
    ...{ subject: 'Tu número de teléfono ha cambiado', advice: alarm },
    text: 'Tu cuenta usaba el número {{ .OldPhone }} y desde ahora usa {{ .Phone }}.',
  },
  identity_linked_notification: {
    ...{ subject: 'Se ha vinculado un nuevo método de acceso a tu cuenta', advice: alarm },
    text: 'Ahora se puede entrar en la cuenta de {{ .Email }} con {{ .Provider }}.',
  },
  identity_unlinked_notification: {
    ...{ subject: 'Se ha quitado un método de acceso de tu cuenta', advice: alarm },
    text: 'Ya no se puede entrar en la cuenta de {{ .Email }} con {{ .Provider }}.',
  },
  mfa_factor_enrolled_notification: {
    ...{ subject: 'Se ha añadido un nuevo método de verificación a tu cuenta', advice: alarm },
    text: 'Tu cuenta pide ahora también una verificación por {{ .FactorType }}.',
  },
  mfa_factor_unenrolled_notification: {
    ...{ subject: 'Se ha quitado un método de verificación de tu cuenta', advice: alarm },
    text: 'Tu cuenta ya no pide una verificación por {{ .FactorType }}.',
  },
};
