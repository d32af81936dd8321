import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CodesModule } from '../one-time-tokens/codes.module.js';
import { UnlinkingRpc } from './unlinking.rpc.js';
import { UnlinkingService } from './unlinking.service.js';

@Module({
  imports: [AccountRowsModule, AccountsModule, CodesModule],
  controllers: [UnlinkingRpc],
  providers: [UnlinkingService],
})
export class UnlinkingModule {}
