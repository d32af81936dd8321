import { bool, duration, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const oauthServerSettings = concern({
  title: 'OAuth 2.1 and OpenID Connect server',
  variables: {
    enabled: variable({ name: 'GOTRUE_OAUTH_SERVER_ENABLED', type: bool(), help: 'be an authorization server' }),
    allowDynamicRegistration: variable({
      name: 'GOTRUE_OAUTH_SERVER_ALLOW_DYNAMIC_REGISTRATION',
      type: bool(),
      help: 'clients may register themselves',
    }),
    authorizationPath: variable({
      name: 'GOTRUE_OAUTH_SERVER_AUTHORIZATION_PATH',
      type: str(),
      help: 'path of the consent page, joined to the site URL (empty: authorization fails)',
    }),
    authorizationTtl: variable({
      name: 'GOTRUE_OAUTH_SERVER_AUTHORIZATION_TTL',
      type: duration(),
      default: '10m',
      help: 'lifetime of an authorization request',
    }),
    defaultScope: variable({
      name: 'GOTRUE_OAUTH_SERVER_DEFAULT_SCOPE',
      type: str(),
      default: 'email',
      help: 'scope when a client asks for none',
    }),
  },
});

export type OAuthServerSettings = ValuesOf<typeof oauthServerSettings>;
