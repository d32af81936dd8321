import { zeroMeans } from './adjust.js';
import { bool, duration, float, str } from './parse.js';
import { requestUriProblem } from './request-uri.js';
import { samlKeyProblem } from './saml-key.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const samlSettings = concern({
  title: 'SAML',
  variables: {
    enabled: variable({ name: 'GOTRUE_SAML_ENABLED', type: bool(), help: 'single sign-on by SAML' }),
    privateKey: variable({
      name: 'GOTRUE_SAML_PRIVATE_KEY',
      type: str(),
      help: 'RSA key of at least 2048 bits, PKCS#1 DER in base64',
    }),
    privateKeyNext: variable({
      name: 'GOTRUE_SAML_PRIVATE_KEY_NEXT',
      type: str(),
      help: 'upcoming key: published as well, and tried for decryption',
    }),
    allowEncryptedAssertions: variable({
      name: 'GOTRUE_SAML_ALLOW_ENCRYPTED_ASSERTIONS',
      type: bool(),
      help: 'ask for encrypted assertions',
    }),
    relayStateValidity: variable({
      name: 'GOTRUE_SAML_RELAY_STATE_VALIDITY_PERIOD',
      type: duration(),
      default: '2m',
      adjust: zeroMeans(120_000),
      help: 'lifetime of a relay state (0: the default)',
    }),
    externalUrl: variable({
      name: 'GOTRUE_SAML_EXTERNAL_URL',
      type: str(),
      help: 'base URL of the service provider (empty: `API_EXTERNAL_URL`)',
    }),
    rateLimitAssertion: variable({
      name: 'GOTRUE_SAML_RATE_LIMIT_ASSERTION',
      type: float(),
      default: 15,
      help: 'assertions of a client address in 5 minutes',
    }),
  },
  complete(saml) {
    // Without SAML nothing needs the keys, so no process keeps them.
    return saml.enabled ? saml : { ...saml, privateKey: '', privateKeyNext: '' };
  },
  check(saml, report) {
    if (!saml.enabled) return;
    const problems = {
      GOTRUE_SAML_PRIVATE_KEY: samlKeyProblem(saml.privateKey),
      GOTRUE_SAML_PRIVATE_KEY_NEXT: saml.privateKeyNext === '' ? undefined : samlKeyProblem(saml.privateKeyNext),
      GOTRUE_SAML_RELAY_STATE_VALIDITY_PERIOD:
        saml.relayStateValidity < 0 ? 'SAML RelayState validity period should be a positive duration' : undefined,
      GOTRUE_SAML_EXTERNAL_URL: saml.externalUrl === '' ? undefined : requestUriProblem(saml.externalUrl),
    };
    for (const [name, problem] of Object.entries(problems)) {
      if (problem) report.problem(name, problem);
    }
  },
});

export type SamlSettings = ValuesOf<typeof samlSettings>;
