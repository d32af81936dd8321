import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { CodesModule } from './codes.module.js';
import { ConfirmedIdentities } from './confirmed-identities.service.js';
import { OneTimeTokensRpc } from './one-time-tokens.rpc.js';
import { TokenFinder } from './token-finder.service.js';
import { VerificationService } from './verification.service.js';

@Module({
  imports: [AccountRowsModule, AccountsModule, CodesModule, PasswordsModule],
  controllers: [OneTimeTokensRpc],
  providers: [ConfirmedIdentities, TokenFinder, VerificationService],
})
export class OneTimeTokensModule {}
