import { float, rate, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const rateLimitsSettings = concern({
  title: 'Rate limits',
  variables: {
    header: variable({
      name: 'GOTRUE_RATE_LIMIT_HEADER',
      type: str(),
      help: 'header whose first value is the client; without it there are no limits per client',
    }),
    emailSent: variable({
      name: 'GOTRUE_RATE_LIMIT_EMAIL_SENT',
      type: rate(),
      default: 30,
      help: 'mails of the whole server; 0 stops them all',
    }),
    smsSent: variable({
      name: 'GOTRUE_RATE_LIMIT_SMS_SENT',
      type: rate(),
      default: 30,
      help: 'one-time passwords by SMS of the whole server',
    }),
    verify: perClient('VERIFY', 30, '`/verify`'),
    tokenRefresh: perClient('TOKEN_REFRESH', 150, '`/token`, every grant but web3'),
    web3: perClient('WEB3', 30, 'web3 grant'),
    otp: perClient('OTP', 30, 'each of `/recover`, `/resend`, `/magiclink`, `/otp`, `PUT /user` and `/signup`'),
    sso: perClient('SSO', 30, '`/sso`'),
    anonymousUsers: variable({
      name: 'GOTRUE_RATE_LIMIT_ANONYMOUS_USERS',
      type: float(),
      default: 30,
      help: 'anonymous sign-ups of a client in an hour',
    }),
    passkey: perClient('PASSKEY', 30, 'passkey sign-in options'),
    oauthDynamicClientRegister: perClient('O_AUTH_DYNAMIC_CLIENT_REGISTER', 10, 'registration of OAuth clients'),
  },
});

export type RateLimitsSettings = ValuesOf<typeof rateLimitsSettings>;

function perClient(name: string, events: number, what: string) {
  const help = `${what}: requests of a client in 5 minutes (burst 30)`;
  return variable({ name: `GOTRUE_RATE_LIMIT_${name}`, type: float(), default: events, help });
}
