import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { liveKeysProvider } from '@usher/runtime/keys/live-keys.provider';
import { Admission } from './admission.js';
import { BearerStrategy } from './bearer.strategy.js';
import { VerifiedTokens } from './verified-tokens.js';

@Module({
  imports: [PassportModule],
  providers: [liveKeysProvider({ verifyOnly: true }), VerifiedTokens, BearerStrategy, Admission],
  exports: [Admission],
})
export class BearerModule {}
