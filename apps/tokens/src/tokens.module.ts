import { Module } from '@nestjs/common';
import { AccessTokensModule } from './access-tokens/access-tokens.module.js';
import { AssuranceModule } from './assurance/assurance.module.js';
import { CleanupModule } from './cleanup/cleanup.module.js';
import { DevicesModule } from './devices/devices.module.js';
import { HealingModule } from './healing/healing.module.js';
import { KeysModule } from './keys/keys.module.js';
import { RefreshTokensModule } from './refresh-tokens/refresh-tokens.module.js';
import { SessionsModule } from './sessions/sessions.module.js';

/** Sessions, refresh tokens, access tokens and the keys that sign them. */
@Module({
  imports: [
    KeysModule,
    AccessTokensModule,
    SessionsModule,
    DevicesModule,
    HealingModule,
    RefreshTokensModule,
    AssuranceModule,
    CleanupModule,
  ],
})
export class TokensModule {}
