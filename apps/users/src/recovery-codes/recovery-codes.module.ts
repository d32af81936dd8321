import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { FactorsModule } from '../factors/factors.module.js';
import { RecoveryCodeRowsModule } from './recovery-code-rows.module.js';
import { RecoveryCodesRpc } from './recovery-codes.rpc.js';
import { RecoveryCodesService } from './recovery-codes.service.js';

@Module({
  imports: [AccountRowsModule, FactorsModule, RecoveryCodeRowsModule],
  controllers: [RecoveryCodesRpc],
  providers: [RecoveryCodesService],
})
export class RecoveryCodesModule {}
