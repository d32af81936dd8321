import { ignored } from './schema.js';

/** Names seen in samples and deployments that the reference server never reads, and neither do we. */
export const namesWithoutEffect = [
  ignored('GOTRUE_DB_AUTOMIGRATE', 'migrations run at every start'),
  ignored('GOTRUE_DB_NAMESPACE', 'the name is `DB_NAMESPACE`'),
  ignored('GOTRUE_API_EXTERNAL_URL', 'the name is `API_EXTERNAL_URL`'),
  ignored('GOTRUE_MAX_VERIFIED_FACTORS', 'the name is `GOTRUE_MFA_MAX_VERIFIED_FACTORS`'),
  ignored(
    'GOTRUE_RATE_LIMIT_OAUTH_DYNAMIC_CLIENT_REGISTER',
    'the name is `GOTRUE_RATE_LIMIT_O_AUTH_DYNAMIC_CLIENT_REGISTER`',
  ),
  ignored('GOTRUE_SECURITY_CAPTCHA_PROVIDER_SECRET', 'the name is `GOTRUE_SECURITY_CAPTCHA_SECRET`'),
  ignored('GOTRUE_EXTERNAL_SAML_*', 'the names begin with `GOTRUE_SAML_`'),
  ignored('GOTRUE_HOOK_CUSTOM_SMS_PROVIDER_*', 'there is no such hook; see `GOTRUE_HOOK_SEND_SMS_*`'),
  ignored('GOTRUE_MAILER_SITE_URL', 'the name is `GOTRUE_SITE_URL`'),
  ignored('GOTRUE_MAILER_USER', 'the name is `GOTRUE_SMTP_USER`'),
  ignored(['GOTRUE_SESSION_KEY', 'GOTRUE_COOKIE_KEY'], 'there are no cookies'),
];
