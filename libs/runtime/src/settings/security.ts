import { checkDatabaseEncryption } from './encryption-keys.js';
import { bool, duration, map, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const securitySettings = concern({
  title: 'Security and captcha',
  variables: {
    captcha: {
      enabled: variable({ name: 'GOTRUE_SECURITY_CAPTCHA_ENABLED', type: bool(), help: 'require a captcha' }),
      provider: variable({
        name: 'GOTRUE_SECURITY_CAPTCHA_PROVIDER',
        type: str(),
        default: 'hcaptcha',
        help: '`hcaptcha` or `turnstile`',
      }),
      secret: variable({
        name: 'GOTRUE_SECURITY_CAPTCHA_SECRET',
        type: str(),
        adjust: (secret) => secret.trim(),
        help: 'secret of the captcha provider',
      }),
      timeout: variable({
        name: 'GOTRUE_SECURITY_CAPTCHA_TIMEOUT',
        type: duration(),
        default: '10s',
        help: 'timeout of the verification call',
      }),
    },
    manualLinkingEnabled: variable({
      name: 'GOTRUE_SECURITY_MANUAL_LINKING_ENABLED',
      type: bool(),
      help: 'users may link and unlink identities',
    }),
    updatePasswordRequireReauthentication: variable({
      name: 'GOTRUE_SECURITY_UPDATE_PASSWORD_REQUIRE_REAUTHENTICATION',
      type: bool(),
      help: 'a new password needs a nonce when the session is older than 24 hours',
    }),
    updatePasswordRequireCurrentPassword: variable({
      name: 'GOTRUE_SECURITY_UPDATE_PASSWORD_REQUIRE_CURRENT_PASSWORD',
      type: bool(),
      help: 'a new password needs the current one (not in recovery sessions)',
    }),
    sbForwardedForEnabled: variable({
      name: 'GOTRUE_SECURITY_SB_FORWARDED_FOR_ENABLED',
      type: bool(),
      help: 'trust the first address of `Sb-Forwarded-For`',
    }),
    databaseEncryption: {
      encrypt: variable({
        name: 'GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPT',
        type: bool(),
        help: 'encrypt password hashes, TOTP secrets and other secrets in the database',
      }),
      encryptionKeyId: variable({
        name: 'GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPTION_KEY_ID',
        type: str(),
        help: 'id of the key in use',
      }),
      encryptionKey: variable({
        name: 'GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPTION_KEY',
        type: str(),
        help: '32 bytes in base64url without padding',
      }),
      decryptionKeys: variable({
        name: 'GOTRUE_SECURITY_DB_ENCRYPTION_DECRYPTION_KEYS',
        type: map(),
        help: '`id:key,…`, the key in use among them',
      }),
    },
  },
  check({ captcha, databaseEncryption }, report) {
    checkDatabaseEncryption(databaseEncryption, report);
    if (!captcha.enabled) return;
    if (captcha.provider !== 'hcaptcha' && captcha.provider !== 'turnstile') {
      report.problem('GOTRUE_SECURITY_CAPTCHA_PROVIDER', `unsupported captcha provider: ${captcha.provider}`);
    }
    if (captcha.secret === '') report.problem('GOTRUE_SECURITY_CAPTCHA_SECRET', 'captcha provider secret is empty');
  },
});

export type SecuritySettings = ValuesOf<typeof securitySettings>;
