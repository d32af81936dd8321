import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { GRANTS, type Grant } from './grant.js';
import { IdTokenGrant } from './id-token.grant.js';
import { PasswordGrant } from './password.grant.js';
import { PkceGrant } from './pkce.grant.js';
import { RefreshTokenGrant } from './refresh-token.grant.js';
import { TokenController } from './token.controller.js';
import { TokenFlow } from './token.flow.js';
import { Web3Grant } from './web3.grant.js';

const ALL = [PasswordGrant, RefreshTokenGrant, PkceGrant, IdTokenGrant, Web3Grant];

@Module({
  imports: [BearerModule, SignInModule],
  controllers: [TokenController],
  providers: [TokenFlow, ...ALL, { provide: GRANTS, useFactory: (...grants: Grant[]) => grants, inject: ALL }],
})
export class TokenModule {}
