import { Module } from '@nestjs/common';
import { RelyingParties } from './relying-parties.service.js';

/** Ceremonies of WebAuthn, which factors and passkeys share. */
@Module({ providers: [RelyingParties], exports: [RelyingParties] })
export class WebauthnModule {}
