import { Module } from '@nestjs/common';
import { RecoveryCodesCleanup } from './recovery-codes-cleanup.service.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';

@Module({
  providers: [RecoveryCodesCleanup, RecoveryCodesRepository],
  exports: [RecoveryCodesCleanup, RecoveryCodesRepository],
})
export class RecoveryCodeRowsModule {}
