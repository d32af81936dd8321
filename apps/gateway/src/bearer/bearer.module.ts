import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { Admission } from './admission.js';
import { BearerStrategy } from './bearer.strategy.js';
import { VerifiedTokens } from './verified-tokens.js';

@Module({
  imports: [PassportModule],
  providers: [VerifiedTokens, BearerStrategy, Admission],
  exports: [Admission],
})
export class BearerModule {}
