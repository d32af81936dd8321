import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { CodeRequests } from './code-requests.service.js';
import { CodesModule } from './codes.module.js';
import { OneTimeTokensRpc } from './one-time-tokens.rpc.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { RecoveryService } from './recovery.service.js';
import { ResendService } from './resend.service.js';
import { SignInCodes } from './sign-in-codes.service.js';
import { TokenFinder } from './token-finder.service.js';
import { VerificationService } from './verification.service.js';

@Module({
  imports: [AccountRowsModule, AccountsModule, AttemptsModule, CodesModule, PasswordsModule],
  controllers: [OneTimeTokensRpc],
  providers: [
    CodeRequests,
    ReauthenticationService,
    RecoveryService,
    ResendService,
    SignInCodes,
    TokenFinder,
    VerificationService,
  ],
})
export class OneTimeTokensModule {}
