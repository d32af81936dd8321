import { Module } from '@nestjs/common';
import { IdentitiesRepository } from './identities.repository.js';
import { NewAccounts } from './new-account.service.js';
import { SignInRecorder } from './sign-in-recorder.service.js';
import { UsersRepository } from './users.repository.js';

/** What every feature of this service reads and writes accounts with. */
@Module({
  providers: [IdentitiesRepository, NewAccounts, SignInRecorder, UsersRepository],
  exports: [IdentitiesRepository, NewAccounts, SignInRecorder, UsersRepository],
})
export class AccountRowsModule {}
