import { bool, int } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const refreshTokensSettings = concern({
  title: 'Refresh tokens',
  variables: {
    rotationEnabled: variable({
      name: 'GOTRUE_SECURITY_REFRESH_TOKEN_ROTATION_ENABLED',
      type: bool(),
      default: true,
      help: 'reuse of a refresh token ends the session',
    }),
    reuseIntervalSeconds: variable({
      name: 'GOTRUE_SECURITY_REFRESH_TOKEN_REUSE_INTERVAL',
      type: int(),
      help: 'seconds in which reuse is tolerated',
    }),
    algorithmVersion: variable({
      name: 'GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION',
      type: int(),
      help: '2: counter and HMAC tokens for new sessions; 0 and 1: tokens stored in the table',
    }),
    upgradePercentage: variable({
      name: 'GOTRUE_SECURITY_REFRESH_TOKEN_UPGRADE_PERCENTAGE',
      type: int(),
      help: 'with version 2: share of the sessions upgraded when they refresh',
    }),
    allowReuse: variable({
      name: 'GOTRUE_SECURITY_REFRESH_TOKEN_ALLOW_REUSE',
      type: bool(),
      help: 'with version 2: always tolerate reuse',
    }),
  },
  check({ algorithmVersion, upgradePercentage }, report) {
    if (algorithmVersion < 0 || algorithmVersion > 2) {
      report.problem(
        'GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION',
        `refresh token algorithm version must be 0, 1 or 2 but was ${algorithmVersion}`,
      );
    }
    if (upgradePercentage < 0 || upgradePercentage > 100) {
      report.problem(
        'GOTRUE_SECURITY_REFRESH_TOKEN_UPGRADE_PERCENTAGE',
        `refresh token upgrade percentage must be between 0 and 100, but was ${upgradePercentage}`,
      );
    }
  },
});

export type RefreshTokensSettings = ValuesOf<typeof refreshTokensSettings>;
