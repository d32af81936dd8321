import { apiSettings } from './api.js';
import { auditSettings } from './audit.js';
import { cleanupSettings } from './cleanup.js';
import { corsSettings } from './cors.js';
import { databaseSettings } from './database.js';
import { experimentalSettings } from './experimental.js';
import { externalSettings } from './external.js';
import { hooksSettings } from './hooks.js';
import { indexWorkerSettings } from './index-worker.js';
import { jwtSettings } from './jwt.js';
import { loggingSettings } from './logging.js';
import { mailerSettings } from './mailer.js';
import { metricsSettings } from './metrics.js';
import { mfaSettings } from './mfa.js';
import { oauthServerSettings } from './oauth-server.js';
import { passkeysSettings } from './passkeys.js';
import { passwordSettings } from './password.js';
import { providersSettings } from './providers.js';
import { rateLimitsSettings } from './rate-limits.js';
import { refreshTokensSettings } from './refresh-tokens.js';
import { reloadingSettings } from './reloading.js';
import { samlSettings } from './saml.js';
import type { ValuesOf } from './schema.js';
import { securitySettings } from './security.js';
import { sessionsSettings } from './sessions.js';
import { siteSettings } from './site.js';
import { smsSettings } from './sms.js';
import { smtpSettings } from './smtp.js';
import { tracingSettings } from './tracing.js';
import { usherSettings } from './usher.js';

/** Everything that can be set, in the order of the reference. */
export const concerns = {
  api: apiSettings,
  database: databaseSettings,
  jwt: jwtSettings,
  site: siteSettings,
  mailer: mailerSettings,
  smtp: smtpSettings,
  external: externalSettings,
  sms: smsSettings,
  providers: providersSettings,
  security: securitySettings,
  refreshTokens: refreshTokensSettings,
  sessions: sessionsSettings,
  password: passwordSettings,
  mfa: mfaSettings,
  passkeys: passkeysSettings,
  saml: samlSettings,
  oauthServer: oauthServerSettings,
  hooks: hooksSettings,
  cors: corsSettings,
  rateLimits: rateLimitsSettings,
  logging: loggingSettings,
  audit: auditSettings,
  tracing: tracingSettings,
  metrics: metricsSettings,
  indexWorker: indexWorkerSettings,
  cleanup: cleanupSettings,
  experimental: experimentalSettings,
  reloading: reloadingSettings,
  usher: usherSettings,
};

export type ConcernName = keyof typeof concerns;
export type Settings = { readonly [K in ConcernName]: ValuesOf<(typeof concerns)[K]> };
