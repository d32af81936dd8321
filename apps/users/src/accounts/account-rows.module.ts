import { Module } from '@nestjs/common';
import { IdentitiesModule } from '../identities/identities.module.js';
import { NewAccounts } from './new-account.service.js';
import { SignInRecorder } from './sign-in-recorder.service.js';
import { UsersRepository } from './users.repository.js';

/** What every feature of this service reads and writes accounts with. */
@Module({
  imports: [IdentitiesModule],
  providers: [NewAccounts, SignInRecorder, UsersRepository],
  exports: [IdentitiesModule, NewAccounts, SignInRecorder, UsersRepository],
})
export class AccountRowsModule {}
