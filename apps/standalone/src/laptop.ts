import { resolve } from 'node:path';
import type { Environment } from '@usher/runtime/settings/settings';
import { legacyApiKey } from './laptop/api-keys.js';
import { banner } from './laptop/banner.js';
import { laptopSecrets } from './laptop/secrets.js';
import type { LaptopSecrets } from './laptop/secrets.js';

export interface Laptop {
  /** The given environment with a default for everything that a run needs. */
  environment: Environment;
  dataDir: string;
  /** Says what the start is busy with. */
  progress(line: string): void;
  /** Says that everything runs, and how to use it. */
  announce(running: { url: string }): void;
}

/** Everything that a run without any setting needs; what the user has set stays as it is. */
export async function prepareLaptop(given: Environment): Promise<Laptop> {
  const dataDir = resolve(given.USHER_DATA_DIR || '.data');
  const secrets = laptopSecrets(dataDir);
  const environment = withDefaults(given, defaults(given, secrets, dataDir));
  return {
    environment,
    dataDir,
    progress: (line) => process.stdout.write(`  ${line} …\n`),
    announce: ({ url }) => process.stdout.write(announcement(environment, url, dataDir)),
  };
}

function defaults(given: Environment, secrets: LaptopSecrets, dataDir: string): Record<string, string> {
  const jwtSecret = given.GOTRUE_JWT_SECRET || secrets.jwtSecret;
  const port = given.GOTRUE_API_PORT || given.PORT || '9999';
  return {
    PORT: port,
    GOTRUE_API_HOST: '127.0.0.1',
    API_EXTERNAL_URL: `http://localhost:${port}`,
    GOTRUE_SITE_URL: 'http://localhost:3000',
    GOTRUE_JWT_SECRET: jwtSecret,
    GOTRUE_JWT_KEYS: JSON.stringify([secrets.signingKey, verifyOnly(jwtSecret)]),
    GOTRUE_JWT_EXP: '3600',
    GOTRUE_JWT_AUD: 'authenticated',
    GOTRUE_JWT_DEFAULT_GROUP_NAME: 'authenticated',
    GOTRUE_JWT_ADMIN_ROLES: 'service_role',
    GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED: 'true',
    // Where there is a mail server, mails are for it.
    ...(given.GOTRUE_SMTP_HOST ? {} : { USHER_MAILBOX_DIR: resolve(dataDir, 'mailbox') }),
    USHER_DATA_DIR: dataDir,
    USHER_PASSWORD_HASH: 'argon2id',
    USHER_PUBLISHABLE_KEY: secrets.publishableKey,
    USHER_SECRET_KEY: secrets.secretKey,
    USHER_ANON_KEY: legacyApiKey('anon', jwtSecret, secrets.issuedAt),
    USHER_SERVICE_ROLE_KEY: legacyApiKey('service_role', jwtSecret, secrets.issuedAt),
  };
}

/** The shared secret as a key that accepts the older API keys but signs no new token. */
function verifyOnly(secret: string): object {
  return { kty: 'oct', k: Buffer.from(secret).toString('base64url'), alg: 'HS256', use: 'sig', key_ops: ['verify'] };
}

/** An empty setting counts as none, as everywhere. */
function withDefaults(given: Environment, fallback: Record<string, string>): Environment {
  const filled = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { ...fallback, ...Object.fromEntries(filled) };
}

function announcement(environment: Environment, url: string, dataDir: string): string {
  const value = (name: string): string => environment[name] ?? '';
  return banner({
    url: url.replace('//127.0.0.1', '//localhost'),
    publishableKey: value('USHER_PUBLISHABLE_KEY'),
    anonKey: value('USHER_ANON_KEY'),
    secretKey: value('USHER_SECRET_KEY'),
    serviceRoleKey: value('USHER_SERVICE_ROLE_KEY'),
    dataDir,
    mailboxDir: environment.USHER_MAILBOX_DIR,
  });
}
