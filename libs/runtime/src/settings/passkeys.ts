import { bool, duration, int, list, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const passkeysSettings = concern({
  title: 'WebAuthn and passkeys',
  variables: {
    enabled: variable({ name: 'GOTRUE_PASSKEY_ENABLED', type: bool(), help: 'sign-in with passkeys' }),
    maxPasskeysPerUser: variable({
      name: 'GOTRUE_PASSKEY_MAX_PASSKEYS_PER_USER',
      type: int(),
      default: 10,
      help: 'most passkeys of a user',
    }),
    rpId: variable({
      name: 'GOTRUE_WEBAUTHN_RP_ID',
      alias: 'RP_ID',
      type: str(),
      help: 'relying party id, for passkeys and WebAuthn factors',
    }),
    rpDisplayName: variable({
      name: 'GOTRUE_WEBAUTHN_RP_DISPLAY_NAME',
      type: str(),
      help: 'name that the browser shows',
    }),
    rpOrigins: variable({ name: 'GOTRUE_WEBAUTHN_RP_ORIGINS', type: list(), help: 'accepted origins' }),
    challengeExpiry: variable({
      name: 'GOTRUE_WEBAUTHN_CHALLENGE_EXPIRY_DURATION',
      type: duration(),
      default: '5m',
      help: 'lifetime of a passkey challenge',
    }),
  },
});

export type PasskeysSettings = ValuesOf<typeof passkeysSettings>;
