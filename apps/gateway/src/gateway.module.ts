import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AdminModule } from './admin/admin.module.js';
import { BearerModule } from './bearer/bearer.module.js';
import { CaptchaModule } from './captcha/captcha.module.js';
import { CustomProvidersModule } from './custom-providers/custom-providers.module.js';
import { ErrorFilter } from './errors/error.filter.js';
import { EventsModule } from './events/events.module.js';
import { FactorsModule } from './factors/factors.module.js';
import { HealthModule } from './health/health.module.js';
import { UnmatchedRequests } from './http/unmatched-requests.js';
import { IdentitiesModule } from './identities/identities.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { LogoutModule } from './logout/logout.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { OtpModule } from './otp/otp.module.js';
import { PasskeysModule } from './passkeys/passkeys.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { RecoveryCodesModule } from './recovery-codes/recovery-codes.module.js';
import { ScimModule } from './scim/scim.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { SignUpModule } from './sign-up/sign-up.module.js';
import { SsoModule } from './sso/sso.module.js';
import { SsoProvidersModule } from './sso-providers/sso-providers.module.js';
import { TokenModule } from './token/token.module.js';
import { UserModule } from './user/user.module.js';
import { VerifyModule } from './verify/verify.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { WellKnownModule } from './well-known/well-known.module.js';

/** The public HTTP API: a folder for each family of routes. */
@Module({
  imports: [
    BearerModule,
    LimitsModule,
    CaptchaModule,
    HealthModule,
    SettingsModule,
    WellKnownModule,
    SignUpModule,
    TokenModule,
    VerifyModule,
    OtpModule,
    UserModule,
    IdentitiesModule,
    OAuthModule,
    CustomProvidersModule,
    LogoutModule,
    SessionsModule,
    AdminModule,
    FactorsModule,
    SsoProvidersModule,
    SsoModule,
    ScimModule,
    PasskeysModule,
    RecoveryCodesModule,
    EventsModule,
    WebhooksModule,
  ],
  providers: [ErrorFilter, { provide: APP_FILTER, useExisting: ErrorFilter }, UnmatchedRequests],
})
export class GatewayModule {}
