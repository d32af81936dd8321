import type { RateLimitsSettings } from '@usher/runtime/settings/rate-limits';
import type { MfaSettings } from '@usher/runtime/settings/mfa';
import type { SamlSettings } from '@usher/runtime/settings/saml';
import type { BucketRule } from './token-bucket.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BURST = 30;

/** The buckets of a client, each by itself (accounts.md §6.1). */
export type LimitName =
  | 'signups'
  | 'anonymousSignIns'
  | 'recover'
  | 'resend'
  | 'magicLink'
  | 'otp'
  | 'user'
  | 'token'
  | 'web3'
  | 'verify'
  | 'factorChallenge'
  | 'factorVerify'
  | 'passkey'
  | 'sso'
  | 'samlAssertion';

export function limitRules(
  settings: RateLimitsSettings,
  mfa: MfaSettings,
  saml: SamlSettings,
): Record<LimitName, BucketRule> {
  const { otp, tokenRefresh, web3, verify, anonymousUsers, passkey, sso } = settings;
  return {
    signups: inFiveMinutes(otp),
    recover: inFiveMinutes(otp),
    resend: inFiveMinutes(otp),
    magicLink: inFiveMinutes(otp),
    otp: inFiveMinutes(otp),
    user: inFiveMinutes(otp),
    token: inFiveMinutes(tokenRefresh),
    web3: inFiveMinutes(web3),
    verify: inFiveMinutes(verify),
    factorChallenge: inOneMinute(mfa.rateLimitChallengeAndVerify),
    factorVerify: inOneMinute(mfa.rateLimitChallengeAndVerify),
    passkey: inFiveMinutes(passkey),
    sso: inFiveMinutes(sso),
    samlAssertion: inFiveMinutes(saml.rateLimitAssertion),
    anonymousSignIns: { perMs: anonymousUsers / HOUR, burst: Math.trunc(anonymousUsers), forgetMs: HOUR },
  };
}

function inOneMinute(events: number): BucketRule {
  return { perMs: events / MINUTE, burst: BURST, forgetMs: MINUTE };
}

function inFiveMinutes(events: number): BucketRule {
  return { perMs: events / (5 * MINUTE), burst: BURST, forgetMs: HOUR };
}
