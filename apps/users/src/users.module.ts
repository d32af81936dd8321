import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { OneTimeTokensModule } from './one-time-tokens/one-time-tokens.module.js';

@Module({
  imports: [AccountsModule, OneTimeTokensModule],
})
export class UsersModule {}
