import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from './settings.js';
import type { Environment } from './settings.js';

const REQUIRED: Environment = {
  DATABASE_URL: 'postgres://localhost/postgres',
  GOTRUE_JWT_SECRET: 'a secret of at least thirty-two characters',
  GOTRUE_SITE_URL: 'http://localhost:3000',
  API_EXTERNAL_URL: 'http://localhost:9999',
};
const KEY = 'A'.repeat(43);

function read(env: Environment = {}) {
  return readSettings({ ...REQUIRED, ...env });
}

function problems(env: Environment): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('has the defaults of the reference', () => {
    expect(read()).toMatchSnapshot();
  });

  it('names every missing required variable at once', () => {
    expect(problems({})).toEqual([
      'required key API_EXTERNAL_URL missing value',
      'required key DATABASE_URL missing value',
      'required key GOTRUE_JWT_SECRET missing value',
      'required key GOTRUE_SITE_URL missing value',
    ]);
  });

  it('does without DATABASE_URL when told so', () => {
    const { database } = readSettings({ ...REQUIRED, DATABASE_URL: undefined }, { databaseUrlRequired: false });
    expect(database.url).toBe('');
  });

  it('lists problems of many variables, one line each', () => {
    const error = new SettingsError(
      problems({ ...REQUIRED, PORT: 'x', GOTRUE_JWT_EXP: '1h', GOTRUE_SMTP_MAX_FREQUENCY: '24' }),
    );
    expect(error.message.split('\n')).toEqual([
      'PORT: "x" is not a port number',
      'GOTRUE_JWT_EXP: parsing "1h": invalid syntax',
      'GOTRUE_SMTP_MAX_FREQUENCY: time: missing unit in duration "24"',
    ]);
  });

  it('takes empty variables for unset', () => {
    const empty = read({
      GOTRUE_SMTP_PORT: '',
      GOTRUE_DISABLE_SIGNUP: '',
      GOTRUE_RATE_LIMIT_EMAIL_SENT: '',
      GOTRUE_SESSIONS_TIMEBOX: '',
      GOTRUE_URI_ALLOW_LIST: '',
      GOTRUE_JWT_KEYS: '',
      DB_NAMESPACE: '',
    });
    expect(empty).toEqual(read());
  });

  it('lets the prefixed name win over the bare one, unless it is empty', () => {
    expect(read({ PORT: '1', GOTRUE_API_PORT: '2' }).api.port).toBe(2);
    expect(read({ PORT: '1', GOTRUE_API_PORT: '' }).api.port).toBe(1);
    expect(read({ PORT: '1' }).api.port).toBe(1);
    expect(read({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toMatchObject({
      tracing: { protocol: 'grpc' },
      metrics: { protocol: 'grpc' },
    });
  });

  it('reads only the concerns asked for', () => {
    expect(Object.keys(readSettings({}, { concerns: ['smtp', 'sms'] }))).toEqual(['smtp', 'sms']);
  });

  it('is frozen to the bottom', () => {
    const settings = read();
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.providers.oauth.google.clientIds)).toBe(true);
  });

  it.each([
    ['GOTRUE_JWT_EXP', '0', { jwt: { exp: 3600 } }],
    ['GOTRUE_MAILER_OTP_EXP', '0', { mailer: { otpExp: 86400 } }],
    ['GOTRUE_MAILER_OTP_LENGTH', '11', { mailer: { otpLength: 6 } }],
    ['GOTRUE_SMTP_MAX_FREQUENCY', '0', { smtp: { maxFrequency: 60_000 } }],
    ['GOTRUE_SMS_OTP_EXP', '0', { sms: { otpExp: 60 } }],
    ['GOTRUE_PASSWORD_MIN_LENGTH', '3', { password: { minLength: 6 } }],
    ['GOTRUE_MFA_CHALLENGE_EXPIRY_DURATION', '5', { mfa: { challengeExpirySeconds: 300 } }],
    ['GOTRUE_EXTERNAL_FLOW_STATE_EXPIRY_DURATION', '1s', { providers: { flowStateExpiry: 300_000 } }],
    ['GOTRUE_SAML_RELAY_STATE_VALIDITY_PERIOD', '0', { saml: { relayStateValidity: 120_000 } }],
    ['GOTRUE_DB_CONN_PERCENTAGE', '120', { database: { connPercentage: 100 } }],
    ['GOTRUE_SMS_TEST_OTP', '+1 23:456,45:6', { sms: { testOtp: { '123': '456', '45': '6' } } }],
    ['GOTRUE_PASSWORD_REQUIRED_CHARACTERS', 'ab:1\\:2::c', { password: { requiredCharacters: ['ab', '1:2', 'c'] } }],
    ['GOTRUE_MAILER_TEMPLATES_MAGIC_LINK', 'x', { mailer: { templates: { magicLink: 'x' } } }],
    ['GOTRUE_HOOK_SEND_SMS_SECRETS', 'a||b', { hooks: { sendSms: { secrets: ['a', 'b'] } } }],
    [
      'GOTRUE_EXTERNAL_LINKEDIN_OIDC_CLIENT_ID',
      'a,b',
      { providers: { oauth: { linkedin_oidc: { clientIds: ['a', 'b'] } } } },
    ],
    [
      'GOTRUE_MFA_WEB_AUTHN_VERIFY_ENABLED',
      'true',
      { mfa: { webAuthn: { verifyEnabled: true, enrollEnabled: false } } },
    ],
    ['GOTRUE_JWT_KEYS', '[]', { jwt: { keys: [], validMethods: [] } }],
  ])('%s=%s', (name, value, expected) => {
    expect(read({ [name]: value })).toMatchObject(expected);
  });

  it('merges the deprecated linking domains under the mapped ones', () => {
    const { experimental } = read({
      GOTRUE_EXPERIMENTAL_PROVIDER_LINKING_DOMAINS: 'custom:a=x, google = y',
      GOTRUE_EXPERIMENTAL_PROVIDERS_WITH_OWN_LINKING_DOMAIN: 'google,github',
    });
    expect(experimental.providerLinkingDomains).toEqual({ 'custom:a': 'x', google: 'y', github: 'github' });
  });

  it('only warns of bad header JSON, without quoting it', () => {
    const warnings: string[] = [];
    const settings = readSettings(
      { ...REQUIRED, GOTRUE_SMTP_HEADERS: '{"X-Key": secret' },
      { warn: (message) => warnings.push(message) },
    );
    expect(settings.smtp.headers).toEqual({});
    expect(warnings).toEqual(['GOTRUE_SMTP_HEADERS: is not valid JSON, ignored']);
  });

  it('warns of passkeys without a relying party', () => {
    const warnings: string[] = [];
    readSettings({ ...REQUIRED, GOTRUE_PASSKEY_ENABLED: 'true' }, { warn: (message) => warnings.push(message) });
    expect(warnings).toHaveLength(3);
  });

  it('asks the caller about globs', () => {
    const globProblem = (pattern: string) => (pattern === '[' ? 'unclosed' : undefined);
    expect(() => readSettings({ ...REQUIRED, GOTRUE_URI_ALLOW_LIST: 'a,[' }, { globProblem })).toThrow(
      'GOTRUE_URI_ALLOW_LIST: invalid glob "[": unclosed',
    );
  });
});

describe('checks', () => {
  it.each<[string, Environment]>([
    ['API_EXTERNAL_URL: invalid URI for request', { API_EXTERNAL_URL: 'example' }],
    ['required key API_EXTERNAL_URL missing value', { API_EXTERNAL_URL: '' }],
    ['GOTRUE_JWT_SECRET: is empty and GOTRUE_JWT_KEYS has no key', { GOTRUE_JWT_SECRET: '' }],
    [
      'cannot enable both GOTRUE_MAILER_AUTOCONFIRM and GOTRUE_MAILER_ALLOW_UNVERIFIED_EMAIL_SIGN_INS',
      { GOTRUE_MAILER_AUTOCONFIRM: 'true', GOTRUE_MAILER_ALLOW_UNVERIFIED_EMAIL_SIGN_INS: 'true' },
    ],
    ['GOTRUE_SESSIONS_TIMEBOX: duration must be positive when set', { GOTRUE_SESSIONS_TIMEBOX: '0' }],
    [
      'GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION: refresh token algorithm version must be 0, 1 or 2 but was 3',
      { GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION: '3' },
    ],
    [
      'GOTRUE_SECURITY_REFRESH_TOKEN_UPGRADE_PERCENTAGE: refresh token upgrade percentage must be between 0 and 100, but was -1',
      { GOTRUE_SECURITY_REFRESH_TOKEN_UPGRADE_PERCENTAGE: '-1' },
    ],
    [
      'GOTRUE_SECURITY_CAPTCHA_SECRET: captcha provider secret is empty',
      { GOTRUE_SECURITY_CAPTCHA_ENABLED: 'true', GOTRUE_SECURITY_CAPTCHA_SECRET: ' ' },
    ],
    [
      'GOTRUE_SECURITY_CAPTCHA_PROVIDER: unsupported captcha provider: x',
      {
        GOTRUE_SECURITY_CAPTCHA_ENABLED: '1',
        GOTRUE_SECURITY_CAPTCHA_PROVIDER: 'x',
        GOTRUE_SECURITY_CAPTCHA_SECRET: 's',
      },
    ],
    [
      'GOTRUE_SECURITY_DB_ENCRYPTION_DECRYPTION_KEYS: key "a" must be 256 bits in unpadded base64url',
      { GOTRUE_SECURITY_DB_ENCRYPTION_DECRYPTION_KEYS: 'a:short' },
    ],
    [
      'GOTRUE_SECURITY_DB_ENCRYPTION_DECRYPTION_KEYS: encryption key must also be present in decryption keys',
      {
        GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPT: 'true',
        GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPTION_KEY_ID: 'a',
        GOTRUE_SECURITY_DB_ENCRYPTION_ENCRYPTION_KEY: KEY,
        GOTRUE_SECURITY_DB_ENCRYPTION_DECRYPTION_KEYS: `b:${KEY}`,
      },
    ],
    [
      'GOTRUE_HOOK_SEND_SMS_URI: only localhost, 127.0.0.1, and ::1 are supported with http',
      { GOTRUE_HOOK_SEND_SMS_URI: 'http://example.com' },
    ],
    [
      'GOTRUE_HOOK_SEND_SMS_URI: only postgres hooks and HTTPS functions are supported at the moment',
      { GOTRUE_HOOK_SEND_SMS_URI: 'ftp://example.com' },
    ],
    [
      'GOTRUE_HOOK_SEND_SMS_URI: URI path does not contain enough parts',
      { GOTRUE_HOOK_SEND_SMS_URI: 'pg-functions://postgres/auth' },
    ],
    ['GOTRUE_HOOK_SEND_SMS_URI: invalid schema name: 1a', { GOTRUE_HOOK_SEND_SMS_URI: 'pg-functions://postgres/1a/f' }],
    [
      'GOTRUE_HOOK_SEND_SMS_SECRETS: invalid secret format',
      { GOTRUE_HOOK_SEND_SMS_URI: 'https://example.com', GOTRUE_HOOK_SEND_SMS_SECRETS: 'short' },
    ],
    [
      'GOTRUE_SAML_PRIVATE_KEY: SAML private key not in standard Base64 format',
      { GOTRUE_SAML_ENABLED: 'true', GOTRUE_SAML_PRIVATE_KEY: '-' },
    ],
    [
      'GOTRUE_SAML_PRIVATE_KEY: SAML private key must be at least RSA 2048',
      { GOTRUE_SAML_ENABLED: 'true', GOTRUE_SAML_PRIVATE_KEY: pkcs1(1024) },
    ],
    ['GOTRUE_CUSTOM_OAUTH_EXTERNAL_URL: invalid URI for request', { GOTRUE_CUSTOM_OAUTH_EXTERNAL_URL: 'x' }],
    ['GOTRUE_LOG_LEVEL: not a valid log level: "loud"', { GOTRUE_LOG_LEVEL: 'LOUD' }],
    ['GOTRUE_DB_DRIVER: only postgres is supported', { GOTRUE_DB_DRIVER: 'mysql' }],
  ])('%s', (problem, env) => {
    expect(problems({ ...REQUIRED, ...env })).toEqual([problem]);
  });

  it.each([
    'https://example.com/hook',
    'http://localhost:8000',
    'http://[::1]:8000/',
    'http://host.docker.internal',
    'pg-functions://postgres/auth/hook',
  ])('accepts the hook %s', (uri) => {
    expect(read({ GOTRUE_HOOK_SEND_EMAIL_URI: uri }).hooks.sendEmail.uri).toBe(uri);
  });

  it('keeps a good SAML key, and forgets it when SAML is off', () => {
    const key = pkcs1(2048);
    expect(read({ GOTRUE_SAML_ENABLED: 'true', GOTRUE_SAML_PRIVATE_KEY: key }).saml.privateKey).toBe(key);
    expect(read({ GOTRUE_SAML_PRIVATE_KEY: key }).saml.privateKey).toBe('');
  });
});

describe('GOTRUE_JWT_KEYS', () => {
  const ec = {
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    alg: 'ES256',
  };
  const signing = { ...ec, kid: 'a', key_ops: ['sign', 'verify'] };
  const shared = { kty: 'oct', k: 'c2VjcmV0', alg: 'HS256', key_ops: ['verify'] };

  it('accepts one signing key beside others', () => {
    const { jwt } = read({ GOTRUE_JWT_KEYS: JSON.stringify([signing, shared]), GOTRUE_JWT_SECRET: '' });
    expect(jwt.keys).toEqual([signing, shared]);
  });

  it.each([
    ['is not valid JSON', '[{'],
    ['must be a JSON array of JWKs', '{}'],
    ['key 1 is not a JWK', '["secret"]'],
    ['no signing key detected', [shared]],
    ['multiple signing keys detected, only 1 signing key is supported', [signing, { ...signing, kid: 'b' }]],
    ['key 1: "kty" is missing or invalid', [{ ...signing, kty: 'DSA' }]],
    ['key 1: "y" is missing or invalid', [{ ...signing, y: undefined }]],
    ['key 1: "x" has the wrong length for P-256', [{ ...signing, x: 'AAAA' }]],
    ['key 1 signs but has no private part', [{ ...signing, d: undefined }]],
    ['key 2: "k" is missing or invalid', [signing, { kty: 'oct' }]],
  ])('refuses: %s', (problem, keys) => {
    const text = typeof keys === 'string' ? keys : JSON.stringify(keys);
    expect(problems({ ...REQUIRED, GOTRUE_JWT_KEYS: text })).toEqual([`GOTRUE_JWT_KEYS: ${problem}`]);
  });
});

function pkcs1(modulusLength: number): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return privateKey.export({ format: 'der', type: 'pkcs1' }).toString('base64');
}
