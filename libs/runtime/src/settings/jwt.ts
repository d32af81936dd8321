import { zeroMeans } from './adjust.js';
import { acceptJwtKeys } from './jwt-keys.js';
import { int, json, list, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const jwtSettings = concern({
  title: 'JWT',
  variables: {
    secret: variable({
      name: 'GOTRUE_JWT_SECRET',
      type: str(),
      required: 'present',
      help: 'HS256 secret, used as raw bytes; signs when there are no keys, verifies always',
    }),
    keys: variable({
      name: 'GOTRUE_JWT_KEYS',
      type: json([], acceptJwtKeys),
      help: 'array of private JWKs; exactly one has `sign` in its `key_ops`, the others verify only',
    }),
    keyId: variable({ name: 'GOTRUE_JWT_KEY_ID', type: str(), help: '`kid` of the key made of the secret' }),
    validMethods: variable({
      name: 'GOTRUE_JWT_VALID_METHODS',
      type: list(),
      help: 'accepted `alg` values (empty: the algorithms of all configured keys)',
    }),
    exp: variable({
      name: 'GOTRUE_JWT_EXP',
      type: int(),
      default: 3600,
      adjust: zeroMeans(3600),
      help: 'access token lifetime in seconds (0: the default)',
    }),
    aud: variable({ name: 'GOTRUE_JWT_AUD', type: str(), help: 'default audience of users and tokens' }),
    issuer: variable({
      name: 'GOTRUE_JWT_ISSUER',
      type: str(),
      help: '`iss` of tokens and base of the URLs in the discovery documents (empty: no `iss`)',
    }),
    adminRoles: variable({
      name: 'GOTRUE_JWT_ADMIN_ROLES',
      type: list(),
      default: 'service_role,supabase_admin',
      help: '`role` claims accepted by the admin endpoints',
    }),
    adminGroupName: variable({
      name: 'GOTRUE_JWT_ADMIN_GROUP_NAME',
      type: str(),
      default: 'admin',
      help: 'user role that may edit its own `app_metadata` (deprecated)',
    }),
    defaultGroupName: variable({
      name: 'GOTRUE_JWT_DEFAULT_GROUP_NAME',
      type: str(),
      help: 'role of new users',
    }),
  },
  check(jwt, report) {
    const signing = jwt.keys.filter((key) => key.key_ops?.includes('sign'));
    if (jwt.keys.length === 0) {
      if (jwt.secret === '') report.problem('GOTRUE_JWT_SECRET', 'is empty and GOTRUE_JWT_KEYS has no key');
      return;
    }
    if (signing.length === 0) report.problem('GOTRUE_JWT_KEYS', 'no signing key detected');
    if (signing.length > 1) {
      report.problem('GOTRUE_JWT_KEYS', 'multiple signing keys detected, only 1 signing key is supported');
    }
  },
});

export type JwtSettings = ValuesOf<typeof jwtSettings>;
