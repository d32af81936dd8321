import { atLeast, otpLength, zeroMeans } from './adjust.js';
import { bool, duration, float, int, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const mfaSettings = concern({
  title: 'MFA',
  variables: {
    challengeExpirySeconds: variable({
      name: 'GOTRUE_MFA_CHALLENGE_EXPIRY_DURATION',
      type: float(),
      default: 300,
      adjust: atLeast(300),
      help: 'lifetime of a challenge in seconds, at least 300',
    }),
    factorExpiry: variable({
      name: 'GOTRUE_MFA_FACTOR_EXPIRY_DURATION',
      type: duration(),
      default: '300s',
      adjust: atLeast(300_000),
      help: 'unverified factors never challenged are deleted after this, at least 300s',
    }),
    maxEnrolledFactors: variable({
      name: 'GOTRUE_MFA_MAX_ENROLLED_FACTORS',
      type: float(),
      default: 10,
      help: 'most factors of a user',
    }),
    maxVerifiedFactors: variable({
      name: 'GOTRUE_MFA_MAX_VERIFIED_FACTORS',
      type: int(),
      default: 10,
      help: 'most verified factors of a user',
    }),
    rateLimitChallengeAndVerify: variable({
      name: 'GOTRUE_MFA_RATE_LIMIT_CHALLENGE_AND_VERIFY',
      type: float(),
      default: 15,
      help: 'challenges and verifications of a client address in a minute (burst 30)',
    }),
    totp: factor('TOTP', true),
    phone: {
      ...factor('PHONE', false),
      otpLength: variable({
        name: 'GOTRUE_MFA_PHONE_OTP_LENGTH',
        type: int(),
        default: 6,
        adjust: otpLength,
        help: 'digits of codes, 6 to 10 (anything else: 6)',
      }),
      maxFrequency: variable({
        name: 'GOTRUE_MFA_PHONE_MAX_FREQUENCY',
        type: duration(),
        default: '1m',
        adjust: zeroMeans(60_000),
        help: 'least time between two challenges of a factor (0: the default)',
      }),
      template: variable({
        name: 'GOTRUE_MFA_PHONE_TEMPLATE',
        type: str(),
        default: 'Your code is {{ .Code }}',
        help: 'text of the message',
      }),
    },
    webAuthn: factor('WEB_AUTHN', false),
  },
});

export type MfaSettings = ValuesOf<typeof mfaSettings>;

function factor(kind: string, enabled: boolean) {
  return {
    enrollEnabled: variable({
      name: `GOTRUE_MFA_${kind}_ENROLL_ENABLED`,
      type: bool(),
      default: enabled,
      help: 'new factors of this kind',
    }),
    verifyEnabled: variable({
      name: `GOTRUE_MFA_${kind}_VERIFY_ENABLED`,
      type: bool(),
      default: enabled,
      help: 'sign-in with factors of this kind',
    }),
  };
}
