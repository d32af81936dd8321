import { atLeast } from './adjust.js';
import { bool, duration, int, list, str } from './parse.js';
import { requestUriProblem } from './request-uri.js';
import { concern, forEach, ignored, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

/** As they stand in requests and in `auth.identities.provider`. */
export const OAUTH_PROVIDERS = [
  'apple',
  'azure',
  'bitbucket',
  'discord',
  'facebook',
  'figma',
  'fly',
  'github',
  'gitlab',
  'google',
  'kakao',
  'keycloak',
  'linkedin',
  'linkedin_oidc',
  'notion',
  'slack',
  'slack_oidc',
  'snapchat',
  'spotify',
  'twitch',
  'twitter',
  'vercel_marketplace',
  'workos',
  'x',
  'zoom',
] as const;

export type OAuthProviderName = (typeof OAUTH_PROVIDERS)[number];

export const providersSettings = concern({
  title: 'External OAuth providers',
  variables: {
    oauth: forEach(OAUTH_PROVIDERS, oauthProvider),
    redirectUrl: variable({
      name: 'GOTRUE_EXTERNAL_REDIRECTURL',
      type: str(),
      help: 'if set, every OAuth callback ends here, whatever `redirect_to` says',
    }),
    iosBundleId: variable({ name: 'GOTRUE_EXTERNAL_IOS_BUNDLE_ID', type: str(), help: 'further audience for Apple' }),
    allowedIdTokenIssuers: variable({
      name: 'GOTRUE_EXTERNAL_ALLOWED_ID_TOKEN_ISSUERS',
      type: list(),
      default: 'https://appleid.apple.com,https://accounts.google.com',
      help: 'issuers for the ID token grant with issuer and client id (deprecated form)',
    }),
    flowStateExpiry: variable({
      name: 'GOTRUE_EXTERNAL_FLOW_STATE_EXPIRY_DURATION',
      type: duration(),
      default: '300s',
      adjust: atLeast(300_000),
      help: 'lifetime of PKCE and OAuth states, at least 300s',
    }),
    oidcProviderCacheTtl: variable({
      name: 'GOTRUE_EXTERNAL_OIDC_PROVIDER_CACHE_TTL',
      type: duration(),
      default: '1h',
      help: 'how long discovery documents are kept',
    }),
    web3: { solana: web3('SOLANA'), ethereum: web3('ETHEREUM') },
    custom: {
      enabled: variable({
        name: 'GOTRUE_CUSTOM_OAUTH_ENABLED',
        type: bool(),
        default: true,
        help: '`custom:*` providers kept in the database, and their admin API',
      }),
      maxProviders: variable({
        name: 'GOTRUE_CUSTOM_OAUTH_MAX_PROVIDERS',
        type: int(),
        help: 'most custom providers (0: no limit)',
      }),
      externalUrl: variable({
        name: 'GOTRUE_CUSTOM_OAUTH_EXTERNAL_URL',
        type: str(),
        help: 'base of their `/callback` (empty: `API_EXTERNAL_URL`)',
      }),
    },
  },
  check(providers, report) {
    const { externalUrl } = providers.custom;
    const problem = externalUrl === '' ? undefined : requestUriProblem(externalUrl);
    if (problem) report.problem('GOTRUE_CUSTOM_OAUTH_EXTERNAL_URL', problem);
  },
});

export type ProvidersSettings = ValuesOf<typeof providersSettings>;
export type OAuthProviderSettings = ProvidersSettings['oauth'][OAuthProviderName];

function oauthProvider(provider: OAuthProviderName) {
  const prefix = `GOTRUE_EXTERNAL_${provider.toUpperCase()}`;
  return {
    enabled: variable({ name: `${prefix}_ENABLED`, type: bool(), help: 'offer this provider' }),
    clientIds: variable({
      name: `${prefix}_CLIENT_ID`,
      type: list(),
      help: 'the first serves redirects, all are audiences of ID tokens',
    }),
    secret: variable({ name: `${prefix}_SECRET`, type: str(), help: 'client secret' }),
    redirectUri: variable({
      name: `${prefix}_REDIRECT_URI`,
      type: str(),
      help: 'callback registered at the provider, normally `API_EXTERNAL_URL` followed by `/callback`',
    }),
    url: variable({
      name: `${prefix}_URL`,
      type: str(),
      help: 'host of a self-hosted provider, tenant or realm; must be set for Keycloak',
    }),
    emailOptional: variable({ name: `${prefix}_EMAIL_OPTIONAL`, type: bool(), help: 'accept accounts without e-mail' }),
    skipNonceCheck: variable({
      name: `${prefix}_SKIP_NONCE_CHECK`,
      type: bool(),
      help: 'do not compare the nonce of ID tokens',
    }),
    apiUrl: ignored(`${prefix}_API_URL`, 'no provider uses it'),
  };
}

function web3(chain: string) {
  const prefix = `GOTRUE_EXTERNAL_WEB3_${chain}`;
  return {
    enabled: variable({ name: `${prefix}_ENABLED`, type: bool(), help: 'sign-in with a wallet' }),
    maximumValidity: variable({
      name: `${prefix}_MAXIMUM_VALIDITY_DURATION`,
      type: duration(),
      default: '10m',
      help: 'greatest age, and greatest lead, of a signed message',
    }),
  };
}
