import { Module } from '@nestjs/common';
import { HooksModule } from '@usher/hooks/hooks.module';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { CodesModule } from '../one-time-tokens/codes.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { AccountsRpc } from './accounts.rpc.js';
import { AccountRowsModule } from './account-rows.module.js';
import { AddressChanges } from './address-changes.service.js';
import { AnonymousSignUpService } from './anonymous-sign-up.service.js';
import { CurrentUserService } from './current-user.service.js';
import { FailedSignIns } from './failed-sign-ins.service.js';
import { PasswordAttemptHook } from './password-attempt-hook.service.js';
import { PasswordGrantService } from './password-grant.service.js';
import { SignUpService } from './sign-up.service.js';
import { UpdateUserService } from './update-user.service.js';
import { UserChangeWriter } from './user-change-writer.service.js';
import { UserCreationHooks } from './user-creation-hooks.service.js';

@Module({
  imports: [AccountRowsModule, AttemptsModule, CodesModule, HooksModule, PasswordsModule],
  controllers: [AccountsRpc],
  providers: [
    AddressChanges,
    AnonymousSignUpService,
    CurrentUserService,
    FailedSignIns,
    PasswordAttemptHook,
    PasswordGrantService,
    SignUpService,
    UpdateUserService,
    UserChangeWriter,
    UserCreationHooks,
  ],
  exports: [CurrentUserService, SignUpService, UserCreationHooks],
})
export class AccountsModule {}
