import { Module } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { KeysModule } from '../keys/keys.module.js';
import { AccessTokensService } from './access-tokens.service.js';
import { CLAIMS_HOOK, type ClaimsHook } from './claims-hook.js';

/** Until hooks can be called, an enabled one lets no token out: an unchanged token could grant what the hook would have refused. */
const hook = {
  provide: CLAIMS_HOOK,
  useFactory: ({ hooks }: Settings): ClaimsHook => ({
    isEnabled: () => hooks.customAccessToken.enabled,
    call: () => Promise.reject(new Error('the custom access token hook cannot be called yet')),
  }),
  inject: [SETTINGS],
};

@Module({ imports: [KeysModule], providers: [hook, AccessTokensService], exports: [AccessTokensService] })
export class AccessTokensModule {}
